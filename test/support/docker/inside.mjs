// Runs in the producer's container, as text: `look` prints how confined the producer is there, as confinement.ts has it;
// `kill` ends it at once.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
const commandOf = (id) => (read(`/proc/${id}/cmdline`) ?? '').split('\0');

// The container's first process has started it.
const producer = readdirSync('/proc').find((id) => commandOf(id)[1] === 'producer/main.js' && id !== '1');

if (process.argv[1] === 'kill') process.kill(Number(producer), 'SIGKILL');
else console.log(JSON.stringify(look()));

function look() {
  const lines = read(`/proc/${producer}/status`).split('\n');
  const status = Object.fromEntries(lines.map((line) => line.split(':\t')));
  const memory = limit('memory.max', 'memory/memory.limit_in_bytes');
  return {
    user: status.Uid.replaceAll('\t', ' '),
    group: status.Gid.replaceAll('\t', ' '),
    rights: status.CapBnd,
    newRights: status.NoNewPrivs,
    systemCalls: status.Seccomp,
    memory,
    swap: limit('memory.swap.max') ?? limit('memory/memory.memsw.limit_in_bytes') - memory,
    processes: limit('pids.max', 'pids/pids.max'),
    writable: ['/', '/app', '/etc', '/home', '/var/tmp', '/tmp'].filter(canWrite),
    temporary: ['noexec', 'nodev', 'nosuid', 'size=16384k'].filter((option) => isOfTmp(option)).join(' '),
    first: commandOf(1)[0].split('/').at(-1),
  };
}

/** Of the second version of control groups, or of the first. */
function limit(...files) {
  const found = files.map((file) => read(`/sys/fs/cgroup/${file}`)).find((text) => text !== undefined);
  return found === undefined ? undefined : Number(found);
}

function canWrite(folder) {
  try {
    writeFileSync(`${folder}/x`, '');
    return true;
  } catch {
    return false;
  }
}

function isOfTmp(option) {
  const mounts = read('/proc/mounts').split('\n');
  const [, , , options = ''] =
    mounts.map((line) => line.split(' ')).find(([, place]) => place === '/tmp') ?? [];
  return options.split(',').includes(option);
}
