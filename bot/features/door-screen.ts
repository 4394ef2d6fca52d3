import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { newLinkButton, takeLinkBackButton } from '../door-screen/button-data.ts';

/** Few updates are about it: it is loaded when one is. */
const answers = () => import('../door-screen/answers.ts');

/** `/door`: the link to the screen at the door, as a text and as a QR code. Only whoever has it sees the screen. */
export function doorScreen(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('door', async (ctx) => (await answers()).answerDoor(services, ctx, ctx.match));
  composer.use(onPress(newLinkButton, async (ctx) => (await answers()).replaceLink(services, ctx)));
  composer.use(onPress(takeLinkBackButton, async (ctx) => (await answers()).takeLinkBack(services, ctx)));
  return composer;
}
