/** For which characters a font has a glyph. */
export type Coverage = (codePoint: number) => boolean;

/**
 * Reads from a TrueType or OpenType font which characters it has, by its `cmap` table in format 12, the one that
 * reaches beyond the first 65,536 (OpenType specification, "cmap"). All numbers in it are big-endian.
 *
 * @throws when the font has no such table
 */
export function readCoverage(font: Buffer): Coverage {
  const cmap = tableAt(font, 'cmap');
  const subtables = font.readUInt16BE(cmap + 2);
  for (let index = 0; index < subtables; index++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    if (font.readUInt16BE(at) !== 12) continue;
    const groups = Array.from({ length: font.readUInt32BE(at + 12) }, (_, group) => ({
      first: font.readUInt32BE(at + 16 + group * 12),
      last: font.readUInt32BE(at + 20 + group * 12),
    }));
    return (codePoint) => groups.some(({ first, last }) => codePoint >= first && codePoint <= last);
  }
  throw new Error('The font does not say in format 12 which characters it has.');
}

function tableAt(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4);
  for (let index = 0; index < tables; index++) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`The font has no table ${tag}.`);
}
