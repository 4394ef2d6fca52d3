/** What packages.mjs gives, for the programs in TypeScript. */
export const root: string;
export function ensurePackages(what: { readonly dev: boolean }): Promise<void>;
export function whyNot(output: string): string;
export function lackOfSpace(
  size: { readonly fetched: number; readonly installed: number },
  free: number,
): string | undefined;
export function keepOwnPlatform(packages?: string): void;
