/** The Node that functions run on: the one that Lambda has, where `NODE_24` names its program, or else this one. */
export const functionsNode: string = process.env.NODE_24 || process.execPath;
