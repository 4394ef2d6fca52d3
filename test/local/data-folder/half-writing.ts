/** Writes one file over and over, as the house does, until its test kills it in the middle. */
import { join } from 'node:path';
import { writeFileAtomic } from '../../../local/disk/atomic-file.ts';

const bytes = Buffer.alloc(30 * 1024 * 1024);
for (;;) await writeFileAtomic(join(process.argv[2] ?? '', 'state', 'large.json'), bytes);
