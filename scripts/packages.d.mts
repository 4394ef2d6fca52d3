/** What packages.mjs gives, for the programs in TypeScript. */
export const root: string;
export function ensurePackages(what: { readonly dev: boolean }): Promise<void>;
export function keepOwnPlatform(packages?: string): void;
