import { doorScreenText } from '../../bot/door-screen/door-screen.text.ts';
import { ScreenLinks } from '../../party/door-screen/screen-links.ts';
import type { House } from '../house-options.ts';

/**
 * What `--lan` has opened, for the terminal: with a link, unless one is valid already at this address, which a tablet may
 * be using.
 */
export async function lanNotice({ services, doorUrl }: Pick<House, 'services' | 'doorUrl'>): Promise<string> {
  const links = new ScreenLinks(services.table, services.now);
  const before = await links.current();
  const link =
    before && ScreenLinks.isAt(before, doorUrl)
      ? `the link from before still works: ${doorUrl}… (/door in the chat leads to it, or makes a new one)`
      : `${doorUrl}${(await links.create(before?.title ?? doorScreenText.title, doorUrl)).token}/`;
  return [
    `Door screen: ${link}`,
    'Everyone in your network who has this link can see who arrives and hear the songs, and it is not encrypted on its way.',
    'Nothing else of this program can be reached from there; a phone can be the camera, if you invite it on the page (My camera).',
    'Without --lan, all of it is for this computer only.',
  ].join('\n');
}
