/** Copies the licence texts of a package into a folder of its name; throws if there are none. */
export function copyLicences(folder: string, target: string): void;
/** The folders of the packages that a bundle is made of, by the inputs of esbuild's metafile. */
export function packagesIn(inputs: Readonly<Record<string, unknown>>): string[];
