/**
 * The way into every command: `node scripts/run.mjs <command> [options]`, which is what package.json's scripts call.
 * An old Node cannot even read the rest, so this file looks at its version first, in words that Node 12 knows.
 */
var oldest = [20, 19];
var version = process.versions.node.split('.').map(Number);
if (version[0] > oldest[0] || (version[0] === oldest[0] && version[1] >= oldest[1])) {
  import('./launch.mjs');
} else {
  console.error(
    'Musical Joy needs Node ' +
      oldest.join('.') +
      ' or later; this is ' +
      process.versions.node +
      '. Get it from https://nodejs.org, then try again.',
  );
  process.exit(1);
}
