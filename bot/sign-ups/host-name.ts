import type { Services } from '../../party/services.ts';

/** What a host is called; the first host, when that one is none any more. */
export async function hostName({ hosts }: Pick<Services, 'hosts'>, userId: number): Promise<string> {
  const all = await hosts.list();
  return (all.find((host) => host.userId === userId) ?? all.find(({ isOwner }) => isOwner))?.name ?? '';
}
