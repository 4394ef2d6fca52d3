/** What ready.mjs gives, for the tests. */
export function builtProgram(root: string, program: string): Promise<string | undefined>;
