/** A recap's picture is of these colours: light, for it may be printed. */
export const recapColour = {
  paper: '#fffaf0',
  ink: '#14213d',
  faint: '#6b6f7b',
  line: '#d9a520',
  dot: '#c2452d',
  noFace: '#8a94a8',
} as const;
