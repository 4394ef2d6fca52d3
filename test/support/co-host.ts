import { type BotHouse, says } from './bot-house.ts';
import type { PersonClient } from './telegram/person-client.ts';

/** The code in the link that the bot gives the host for a co-host. */
export async function invitationCode({ host }: Pick<BotHouse, 'host'>): Promise<string> {
  const { message_id: asked } = await host.say(host.bot, '/cohost');
  const invitation = await host.waitForMessage(
    (message) => message.message_id > asked && says(/^Help me host the party!/)(message),
  );
  return /\?start=(\S+)$/.exec(invitation.text ?? '')?.[1] ?? '';
}

/** Makes the person who is to be a co-host one, by the host's link. */
export async function becomeCoHost(house: BotHouse): Promise<PersonClient> {
  const coHost = await house.stand.person('co-host');
  await coHost.say(coHost.bot, `/start ${await invitationCode(house)}`);
  await coHost.waitForMessage(says(/1\. Send me a photo/));
  return coHost;
}
