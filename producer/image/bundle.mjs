/**
 * Bundles the producer into the folder named: `main.js`, `health-check.js`, `engine-process.js` and `video-process.js`,
 * with the parts that they share beside them. The licence texts of the packages in them go into `licences/` beside that
 * folder. What is native, and finds its own files by where it lies, stays in packages.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { copyLicences, packagesIn } from './licences.mjs';

const [outdir] = process.argv.slice(2);
const producer = new URL('../', import.meta.url);

const { metafile } = await build({
  entryPoints: [
    'main.ts',
    'camera/video-process.ts',
    'health/health-check.ts',
    '../vision/engine-process.ts',
  ].map((file) => fileURLToPath(new URL(file, producer))),
  outdir,
  // All side by side: who starts the process of the engine or of the video finds its program beside itself.
  entryNames: '[name]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  external: ['onnxruntime-node', 'sharp'],
  // Packages in CommonJS ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as $create } from 'node:module'; const require = $create(import.meta.url);",
  },
  keepNames: true,
  logLevel: 'warning',
  metafile: true,
});
for (const folder of packagesIn(metafile.inputs)) copyLicences(folder, path.join(outdir, '../licences'));
