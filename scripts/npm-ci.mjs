import { spawn } from 'node:child_process';

/**
 * Runs `npm ci` and keeps what it prints. A signal ends npm, and then this process.
 *
 * @param {string} root the project's folder
 * @param {boolean} dev also the packages that only tests, benchmarks and the deployment need
 * @returns {Promise<{ code: number, output: string }>}
 */
export function npmCi(root, dev) {
  // Under `npm start` this is that npm's own file; else npm is found on the path, on Windows as npm.cmd.
  const npm = process.env.npm_execpath;
  const isFile = npm?.endsWith('.js');
  // Said either way: NODE_ENV=production would leave out what the tests need.
  const options = ['ci', dev ? '--include=dev' : '--omit=dev'];
  const child = isFile
    ? spawn(process.execPath, [npm, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', options, {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
      });
  // Not asked but killed: npm would take half a minute to tidy up, and a broken-off install is noticed next time.
  const end = () => {
    child.kill('SIGKILL');
    process.exit(1);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, end);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    const settle = (code, more = '') => {
      for (const signal of signals) process.off(signal, end);
      resolve({ code, output: output + more });
    };
    child.on('error', (error) => settle(1, `npm could not be started: ${error.message}\n`));
    child.on('close', (code) => settle(code ?? 1));
  });
}
