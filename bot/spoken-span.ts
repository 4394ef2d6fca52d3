import { hour, minute } from '../party/clock.ts';

const number = String.raw`(\d{1,5}(?:[.,]\d{1,2})?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`;
const hours = String.raw`(?:h|hrs?|hours?)\.?`;
const minutes = String.raw`(?:m|mins?|minutes?)\.?`;

const onlyMinutes = new RegExp(`^${number} ?${minutes}$`);
/** `1h30`, `1 h 30 min`, `2 hours and 15 minutes`; with nothing after the hours, these alone. */
const hoursAndMinutes = new RegExp(
  String.raw`^${number} ?${hours}(?:,? ?(?:and )?(\d{1,2}) ?(?:${minutes})?)?$`,
);
const hoursAndHalf = new RegExp(`^(?:${number} ?${hours} and a half|${number} and a half ${hours})$`);
const half = new RegExp(`^half an? ${hours}$`);

const words = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');

/**
 * How long something lasts, as people say it: `4h`, `90 min`, `2,5 hours`, `for three hours`, `half an hour`.
 *
 * @param written in small letters, with single spaces
 * @returns milliseconds, in whole minutes; undefined for anything else
 */
export function readSpan(written: string): number | undefined {
  const text = written.replace(/^(?:for|another|\+) ?/, '');
  if (half.test(text)) return hour / 2;
  const short = onlyMinutes.exec(text);
  if (short) return wholeMinutes(numberIn(short[1]!) * minute);
  const andHalf = hoursAndHalf.exec(text);
  if (andHalf) return wholeMinutes((numberIn((andHalf[1] ?? andHalf[2])!) + 0.5) * hour);
  const long = hoursAndMinutes.exec(text);
  return long ? wholeMinutes(numberIn(long[1]!) * hour + Number(long[2] ?? 0) * minute) : undefined;
}

function numberIn(text: string): number {
  if (/^an?$/.test(text)) return 1;
  const word = words.indexOf(text);
  return word < 0 ? Number(text.replace(',', '.')) : word + 1;
}

const wholeMinutes = (span: number): number => Math.round(span / minute) * minute;
