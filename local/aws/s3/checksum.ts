import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c, crc64nvme } from './crc.ts';
import { s3Error } from './s3-error.ts';

const prefix = 'x-amz-checksum-';

/** Each checksum that a client may send, by its header, computed as that header has it. */
const algorithms: Readonly<Record<string, (body: Buffer) => string>> = {
  [`${prefix}crc32`]: (body) => base64(crc32(body), 4),
  [`${prefix}crc32c`]: (body) => base64(crc32c(body), 4),
  [`${prefix}crc64nvme`]: (body) => base64(crc64nvme(body), 8),
  [`${prefix}sha1`]: (body) => createHash('sha1').update(body).digest('base64'),
  [`${prefix}sha256`]: (body) => createHash('sha256').update(body).digest('base64'),
};

/**
 * The checksums of a body that came with it, each of them right.
 * @throws AwsError BadDigest if one is wrong
 */
export function checkedChecksums(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Buffer,
): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [header, compute] of Object.entries(algorithms)) {
    const given = headers[header];
    if (given === undefined) continue;
    if (given !== compute(body)) throw s3Error('BadDigest');
    checked[header] = given;
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64'))
    throw s3Error('BadDigest');
  return checked;
}

function base64(number: number | bigint, bytes: number): string {
  return Buffer.from(number.toString(16).padStart(bytes * 2, '0'), 'hex').toString('base64');
}
