/** What programs.mjs gives, for the programs in TypeScript. */
export const programs: readonly string[];
export const sources: readonly string[];
export function buildsOf(root: string): string;
export function edition(root: string): string;
