import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { createScreenServices, type ScreenServices } from '../party/door-screen/screen-services.ts';
import type { ScreenState } from '../party/door-screen/told.ts';
import { watchArrivals } from '../party/door-screen/watch-arrivals.ts';
import { answered, fileOf, json, notFound, type ScreenAnswer } from './door-screen/answers.ts';
import { readAsked } from './door-screen/asked.ts';
import { screenDocument } from './door-screen/document.ts';
import { bundledScreen, type ScreenFiles } from './door-screen/files.ts';
import { type Entry, entry } from './entry.ts';

type Event = Pick<LambdaFunctionURLEvent, 'rawPath' | 'queryStringParameters' | 'requestContext'>;
type Answer = LambdaFunctionURLResult & ScreenAnswer;

/** A browser's requests in, the door screen out. */
export type Door = (event: Event) => Promise<Answer>;

/** What the door screen is served with besides the services. */
export interface DoorOptions {
  readonly files: () => Promise<ScreenFiles>;
  /** Tells of a program that ends: no request is held from then on. Lambda ends no function at work. */
  readonly ending?: AbortSignal;
}

/**
 * Builds the handler from what it needs. All addresses begin with the link's token; whoever has another, or asks for
 * anything else, gets the same 404 whatever there is.
 */
export function createDoor(services: ScreenServices, { files, ending }: DoorOptions): Door {
  const { links, addresses } = services;

  return async ({ rawPath, queryStringParameters, requestContext }) => {
    const [, token = '', file, ...rest] = rawPath.split('/');
    const link = await links.open(token);
    if (!link || rest.length > 0 || requestContext.http.method !== 'GET') return notFound;
    // Relative, for the page's own addresses are: a proxy may put something before the token.
    if (file === undefined) return answered(308, '', { location: `${token}/` });
    if (file === '') {
      const { html, contentSecurityPolicy } = screenDocument(await addresses.origin());
      return answered(200, html, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy,
      });
    }
    if (file === 'arrivals') {
      const told = await watchArrivals(services, readAsked(queryStringParameters), ending);
      // The link may have been taken back while the request was held.
      const still = await links.open(token);
      const state: ScreenState | undefined = still && { title: still.title, ...told };
      return state ? json(state) : notFound;
    }
    const found = (await files()).get(file);
    return found ? fileOf(found) : notFound;
  };
}

/** Makes an entry that serves these files. */
export const doorEntry = (options: DoorOptions): Entry<Event, Answer> =>
  entry('door', createScreenServices, async (services) => createDoor(services, options));

/** Lambda's entry: a function URL. */
export const handler: Entry<Event, Answer> = doorEntry({ files: bundledScreen });
