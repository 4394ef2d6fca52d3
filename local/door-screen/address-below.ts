/**
 * The address of what lies below another one, if its path is written as it is meant. A URL's parser reads more into a
 * request's target than its characters say: `//host` and `\host` as another host, `..` and `%2e%2e` as the folder above,
 * a tab as nothing at all (URL Standard, "URL parsing"). So whatever it would not leave as it is, is refused.
 *
 * @param root with a path, and ends with a slash
 * @param rest path and query, as they came in a request
 */
export function addressBelow(root: string, rest: string): URL | undefined {
  const address = `${root}${rest}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.href === address ? url : undefined;
}
