/** All file_ids in something that is kept, however deep: photos, their thumbnails, pictures of people who were shared. */
export function fileIdsIn(kept: unknown): Set<string> {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (key === 'file_id' && typeof member === 'string') found.add(member);
      else look(member);
    }
  };
  look(kept);
  return found;
}
