import { homedir } from 'node:os';
import { checkText as text } from './check.text.ts';

/** How a step went. */
export interface StepResult {
  readonly title: string;
  readonly outcome: 'well' | 'wrong' | 'skipped';
  readonly seconds: number;
  /** What it said, for whoever reads the report; several lines maybe. */
  readonly said: string;
}

/** With what it was tried. */
export interface TriedWith {
  readonly version: string;
  /** Of Node. */
  readonly node: string;
  /** `linux x64`. */
  readonly system: string;
  readonly region: string;
  readonly recognition: string;
  /** ISO 8601, the day. */
  readonly date: string;
}

/** The report of a check, in Markdown, with nothing in it that is a secret or names a person. */
export function reportOf(with_: TriedWith, results: readonly StepResult[]): string {
  const { version, node, system, region, recognition, date } = with_;
  const lines = results.map(
    ({ title, outcome, seconds }) => `| ${text.outcome[outcome]} | ${title} | ${Math.round(seconds)} s |`,
  );
  const details = results
    .filter(({ outcome, said }) => outcome === 'wrong' && said !== '')
    .map(({ title, said }) => `### ${title}\n\n\`\`\`text\n${said.trim()}\n\`\`\``);
  const head = `musical-joy ${version}, Node ${node}, ${system}, ${region}, recognition by ${recognition}, ${date}`;
  const table = ['| | step | took |', '| --- | --- | --- |', ...lines].join('\n');
  return withoutSecrets([`## ${text.reportTitle}`, head, table, ...details].join('\n\n'));
}

/** What must not stand where everybody can read it, and what stands there instead. */
const hidden: ReadonlyArray<readonly [RegExp, string]> = [
  // A bot's token (Bot API, "Authorizing your bot"), and the code that makes the host the host.
  [/\b\d{6,}:[\w-]{20,}/g, '(token)'],
  [/https:\/\/t\.me\/\S+/g, '(link)'],
  // Keys of IAM and STS (IAM user guide, "Unique identifiers").
  [/\b(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}/g, '(key)'],
  [/https?:\/\/\S+/g, '(address)'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '(mail)'],
  [/\b(user|assumed-role|federated-user)\/[\w+=,.@/-]+/g, '$1/(name)'],
  [/(bot {2,})@\w+/g, '$1(bot)'],
  [/@\w*bot\b/gi, '(bot)'],
  // Last, for it stands in what is above: an account.
  [/\b\d{12}\b/g, '(account)'],
];

/** A text without tokens, keys, links, addresses, accounts, names of users, and this computer's folders. */
export function withoutSecrets(words: string, home = homedir()): string {
  const own = home.length > 1 ? words.replaceAll(home, '~') : words;
  return hidden.reduce((left, [what, instead]) => left.replace(what, instead), own);
}
