/** What lock-files.mjs gives, for the tests. */
export function wantedFolders(root: string, dev: boolean): string[] | undefined;
export function countInstalled(root: string, folders: readonly string[]): number;
export function isInstalled(root: string): boolean;
export function whatDiffers(root: string, dev: boolean): string | undefined;
