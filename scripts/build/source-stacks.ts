import { fileURLToPath } from 'node:url';
import { buildsOf } from './programs.mjs';
import { withSourcePlaces } from './source-places.ts';

/**
 * Has the stack traces of a program that runs from a build name its sources. Node can do so itself; but then it reads the
 * maps of all that is loaded, 10 MB and a tenth of a second for the house. Here a map is read once it is needed.
 */
const root = fileURLToPath(new URL('../../', import.meta.url)).slice(0, -1);
const builds = buildsOf(root);

/** An error that comes again and again, such as of a network that is down, does not read maps each time. */
const known = new Map<string, string>();

Error.prepareStackTrace = (error, sites) => {
  const places = sites.map(String);
  const unknown = places.filter((place) => !known.has(place) && place.includes('/programs/'));
  const found = withSourcePlaces(unknown.join('\n'), root, builds).split('\n');
  unknown.forEach((place, at) => void known.set(place, found[at]!));
  return [heading(error), ...places.map((place) => `    at ${known.get(place) ?? place}`)].join('\n');
};

/** Name and message, as V8 has it. */
function heading(error: unknown): string {
  try {
    return String(error);
  } catch {
    return '<error>';
  }
}
