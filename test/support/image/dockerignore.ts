import path from 'node:path';

/**
 * Reads a .dockerignore (docs.docker.com, "Build context"), as this project's is written: first nothing is sent (`*`),
 * then files and folders are named that are (`!party`), then what is not, however deep it lies (`**\/.env*`). The last
 * pattern that a file or one of its folders matches decides.
 *
 * @returns whether a file or folder, by its path in the project, is sent to the build
 * @throws when it is written otherwise: it must not be taken for understood
 */
export function readDockerignore(text: string): (file: string) => boolean {
  const [first, ...rules] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (first !== '*') throw new Error('.dockerignore does not begin with *: who knows what is sent?');
  const sent = rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1));
  const kept = rules.slice(sent.length).map((rule) => {
    const [, name] = /^\*\*\/([\w.*-]+)$/.exec(rule) ?? notKnown(rule);
    return new RegExp(`^${name!.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  });
  for (const name of sent) if (!/^[\w.-]+$/.test(name)) notKnown(name);
  return (file) => {
    const parts = path.normalize(file).split(path.sep);
    return sent.includes(parts[0]!) && !parts.some((part) => kept.some((pattern) => pattern.test(part)));
  };
}

function notKnown(rule: string): never {
  throw new Error(`This is not known of .dockerignore here: ${rule}`);
}
