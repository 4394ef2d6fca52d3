import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundling } from '../../infra/functions/bundling.ts';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The Lambdas by their names, and what lies beside each one's bundle rather than in it. */
export const lambdas: Readonly<Record<string, readonly string[]>> = {
  webhook: [],
  match: [],
  tick: [],
  pictures: ['sharp'],
  setup: [],
};

/** The stack's options of esbuild, as its programming interface takes them. */
const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: bundling.format as BuildOptions['format'] & string,
  target: bundling.target!,
  mainFields: [...bundling.mainFields!],
  minify: bundling.minify!,
  banner: { js: bundling.banner! },
  alias: Object.fromEntries(
    Object.entries(bundling.esbuildArgs ?? {}).map(([flag, value]) => [
      flag.replace(/^--alias:/, ''),
      String(value),
    ]),
  ),
  metafile: true,
  logLevel: 'error',
} as const satisfies BuildOptions;

/** What a bundle is made of. */
export interface Bundle {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** The files that something of is in it, from the project's folder, and how many bytes of each. */
  readonly parts: ReadonlyMap<string, number>;
  /** The modules that it imports and does not bring. */
  readonly outside: readonly string[];
}

/**
 * Bundles something as the stack bundles its Lambdas.
 *
 * @param entry a Lambda's name, or source text that stands in the project's folder
 * @param outfile where it is put
 */
export async function bundle(entry: string, outfile: string): Promise<Bundle> {
  const isLambda = entry in lambdas;
  const { metafile } = await build({
    ...options,
    ...(isLambda
      ? { entryPoints: [`lambdas/${entry}.ts`] }
      : { stdin: { contents: entry, resolveDir: root, loader: 'ts' } }),
    external: [...(lambdas[entry] ?? [])],
    outfile,
  });
  return described(outfile, metafile);
}

function described(file: string, { outputs }: Metafile): Bundle {
  const [output] = Object.entries(outputs)
    .filter(([name]) => path.basename(name) === path.basename(file))
    .map(([, it]) => it);
  const parts = Object.entries(output!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([name, { bytesInOutput }]) => [name, bytesInOutput] as const);
  const outside = output!.imports.filter(({ external }) => external).map(({ path }) => path);
  return { file, size: output!.bytes, parts: new Map(parts), outside: [...new Set(outside)] };
}
