import assert from 'node:assert/strict';
import { test } from 'node:test';
import { putCarols } from '../../support/carols.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { connectTwo, noNamespaces, runOn } from '../../support/network.ts';
import { startProgram } from '../../support/program.ts';

/** A stranger's answers have to be alike to the last header, but for the time. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

test('from another computer --lan opens the door screen to whoever has its link, and of all ports no other', {
  skip: await noNamespaces(),
}, async (t) => {
  const network = await connectTwo(t);
  const folder = await emptyFolder();
  await putCarols(folder);
  const program = startProgram(['--lan', '--data', folder], {}, { by: network.home });
  t.after(() => program.kill());
  await program.ready();
  let link = '';
  await eventually('the link is printed', () => {
    [link = ''] = /http:\S+\/[\w-]{43}\//.exec(program.output()) ?? [];
    return link !== '';
  });
  const { origin, port, hostname } = new URL(link);
  assert.equal(hostname, network.homeAddress);

  assert.deepEqual(await runOn(network.tablet, openPorts(network.homeAddress)), [Number(port)]);
  const here = await runOn<number[]>(network.home, openPorts('127.0.0.1', [4566, 8080]));
  assert.deepEqual(here, [4566, 8080], 'AWS and the page are there, on the loopback');

  const asked = ['', 'screen.js', 'arrivals', 'nothing'];
  const guessed = ['', `${'A'.repeat(43)}/`, 'objects/', 'objects/musical-joy/songs/', 'telegram/', 'mode/'];
  const [own, strangers] = await runOn<[Answer[], Answer[]]>(
    network.tablet,
    `console.log(JSON.stringify([await answers(${JSON.stringify(asked.map((file) => `${link}${file}`))}),
      await answers(${JSON.stringify(guessed.map((path) => `${origin}/${path}`))})]));${answers}`,
  );
  assert.deepEqual(
    own.map(({ status }) => status),
    [200, 200, 200, 404],
  );
  for (const answer of strangers) assert.deepEqual(answer, { ...own[3], body: 'Not found\n' });
  assert.doesNotMatch(JSON.stringify(strangers), /joy/i);
});

const answers = `
async function answers(addresses) {
  return Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address, { redirect: 'manual' });
    const { date: _, ...headers } = Object.fromEntries(answer.headers);
    return { status: answer.status, headers, body: await answer.text() };
  }));
}`;

/** Which ports take a connection: of all that there are, unless some are given. */
const openPorts = (address: string, ports?: readonly number[]): string => `
import { connect } from 'node:net';
const open = [];
const ports = ${ports ? JSON.stringify(ports) : 'Array.from({ length: 65_535 }, (_, index) => index + 1)'};
const scan = async () => {
  for (let port = ports.pop(); port !== undefined; port = ports.pop()) {
    await new Promise((resolve) => {
      const socket = connect({ host: '${address}', port, timeout: 20000 });
      socket.on('connect', () => { open.push(port); socket.destroy(); });
      socket.on('timeout', () => { open.push('no answer of ' + port); socket.destroy(); });
      socket.on('error', () => {});
      socket.on('close', resolve);
    });
  }
};
await Promise.all(Array.from({ length: 200 }, scan));
console.log(JSON.stringify(open.sort((a, b) => a - b)));`;
