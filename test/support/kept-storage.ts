import type { ChatServices } from '../../bot/chat.ts';

/** A bucket in memory. */
export function keptStorage(): ChatServices['storage'] {
  const objects = new Map<string, Uint8Array>();
  const get = async (key: string): Promise<Uint8Array> => {
    const bytes = objects.get(key);
    if (!bytes) throw new Error('NoSuchKey');
    return bytes;
  };
  return {
    get,
    has: async (key) => objects.has(key),
    find: async (key) => objects.get(key),
    put: async (key, bytes) => void objects.set(key, bytes),
    delete: async (key) => void objects.delete(key),
    list: async (folder) =>
      [...objects.keys()].filter((key) => key.startsWith(folder)).map((key) => ({ key, lastModified: 0 })),
  };
}
