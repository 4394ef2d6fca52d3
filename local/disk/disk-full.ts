/** What the page says when something could not be kept. */
export const diskFullText =
  'This could not be kept: the disk of this machine is full. Free some space, then try again.';

/** Whether something could not be written because the disk, or what its user may use of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '');
}

/** The system's code of an error, or of what caused it. */
export function codeOf(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? undefined : codeOf(cause);
}
