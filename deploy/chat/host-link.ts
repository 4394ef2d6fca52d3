import { renderUnicodeCompact } from 'uqr';

/** The link that makes whoever opens it first the host (Bot API, "Deep linking"). */
export const hostLink = (bot: string, claimCode: string): string => `https://t.me/${bot}?start=${claimCode}`;

/**
 * A link as a QR code in half blocks, two rows of it a line, indented. Its light modules are drawn: terminals
 * are mostly dark, and phones read both ways.
 */
export function drawQrCode(link: string): string {
  return renderUnicodeCompact(link, { border: 2 })
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
