import path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundled, bundledInOneFile, bundledInParts } from '../../infra/functions/bundling.ts';

/** A Lambda as the stack builds it. */
interface Lambda {
  /** In parts: with files beside `index.mjs` that it imports when it needs them. */
  readonly inParts: boolean;
  /** Packages that lie beside the bundle rather than in it. */
  readonly beside: readonly string[];
}

/** The Lambdas by their names. */
export const lambdas: Readonly<Record<string, Lambda>> = {
  webhook: { inParts: true, beside: [] },
  match: { inParts: true, beside: [] },
  tick: { inParts: true, beside: [] },
  pictures: { inParts: false, beside: ['sharp'] },
  door: { inParts: false, beside: [] },
  setup: { inParts: false, beside: [] },
};

/** What a bundle is made of. */
export interface Bundle {
  readonly file: string;
  /** Bytes that are loaded when it starts. */
  readonly size: number;
  /** Bytes of all its files. */
  readonly wholeSize: number;
  /** The project's folders' and packages' files that something of is in it, from the project's folder. */
  readonly parts: ReadonlySet<string>;
  /** Those of them that are loaded when it starts. */
  readonly firstParts: ReadonlySet<string>;
  /** The modules that it imports and does not bring. */
  readonly outside: readonly string[];
}

/** Bundles a Lambda as the stack does, into a folder of its own. */
export async function bundleLambda(name: string, outdir: string): Promise<Bundle> {
  const { inParts, beside } = lambdas[name]!;
  return make(outdir, {
    ...(inParts ? bundledInParts : bundledInOneFile),
    entryPoints: [`lambdas/${name}.ts`],
    external: [...beside],
  });
}

/** Bundles source text, as if it stood in the project's folder, as the stack bundles its Lambdas. */
export async function bundleText(contents: string, outdir: string): Promise<Bundle> {
  return make(outdir, {
    ...bundledInOneFile,
    stdin: { contents, resolveDir: bundled.absWorkingDir, loader: 'ts' },
  });
}

async function make(outdir: string, options: BuildOptions): Promise<Bundle> {
  const { metafile } = await build({ ...options, outdir, sourcemap: false, metafile: true });
  const { outputs } = metafile!;
  const entry = Object.keys(outputs).find((name) => path.basename(name) === 'index.mjs')!;
  const first = reached(outputs, entry);
  const all = Object.keys(outputs);
  const outside = all.flatMap((name) => outputs[name]!.imports.filter(({ external }) => external));
  return {
    file: path.join(outdir, 'index.mjs'),
    size: sizeOf(outputs, first),
    wholeSize: sizeOf(outputs, all),
    parts: partsOf(outputs, all),
    firstParts: partsOf(outputs, first),
    outside: [...new Set(outside.map(({ path }) => path))],
  };
}

type Outputs = Metafile['outputs'];

/** The files that are loaded with a file: itself, and what it imports at its top. */
function reached(outputs: Outputs, from: string): string[] {
  const found = new Set([from]);
  // A set that grows while it is walked: what is added is walked too.
  for (const name of found)
    for (const { path, kind, external } of outputs[name]!.imports)
      if (kind === 'import-statement' && !external) found.add(path);
  return [...found];
}

const sizeOf = (outputs: Outputs, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + outputs[name]!.bytes, 0);

function partsOf(outputs: Outputs, names: readonly string[]): Set<string> {
  const inputs = names.flatMap((name) => Object.entries(outputs[name]!.inputs));
  return new Set(inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name));
}
