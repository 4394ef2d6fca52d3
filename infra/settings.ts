import * as z from 'zod';
import type { BudgetWish } from './budget.ts';

const yesOrNo = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .optional();

/** A stack's name is the beginning of its functions' names, which have 64 characters at most. */
const settings = z.object({
  stackName: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9-]{0,39}$/,
      'has to begin with a letter and have letters, digits and hyphens, 40 characters at most',
    )
    .default('MusicalJoy'),
  recognition: z.enum(['images', 'video']).default('images'),
  asleep: yesOrNo,
  timeZone: z.string().optional(),
  botSecretVersion: z.string().optional(),
  reserveConcurrency: yesOrNo,
  deletePicturesOnDestroy: yesOrNo,
  postsArrivals: yesOrNo,
  budgetDollars: z.coerce.number().positive().optional(),
  budgetMail: z.email().optional(),
});

type Said = z.infer<typeof settings>;

/** How a house is wanted, as it was said outside of the program. */
export type Settings = Omit<Said, 'budgetDollars' | 'budgetMail'> & { readonly budget?: BudgetWish };

const variables: Readonly<Record<keyof Said, string>> = {
  stackName: 'STACK_NAME',
  recognition: 'RECOGNITION',
  asleep: 'ASLEEP',
  timeZone: 'PARTY_TZ',
  botSecretVersion: 'BOT_SECRET_VERSION',
  reserveConcurrency: 'RESERVE_CONCURRENCY',
  deletePicturesOnDestroy: 'DELETE_PICTURES_ON_DESTROY',
  postsArrivals: 'POSTS_ARRIVALS',
  budgetDollars: 'BUDGET_DOLLARS',
  budgetMail: 'BUDGET_MAIL',
};

/**
 * Reads the settings: from the CDK's context by their own names, else from the environment.
 *
 * @throws Error that names every setting that is wrong, and says what it may be
 */
export function readSettings(
  context: (name: string) => unknown,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const said = Object.fromEntries(
    Object.entries(variables)
      .map(([name, variable]) => [name, context(name) ?? env[variable]])
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = settings.safeParse(said);
  if (read.success) {
    const { budgetDollars: dollars, budgetMail: mail, ...plain } = read.data;
    if ((dollars === undefined) !== (mail === undefined))
      throw new Error(
        'A budget has an amount and a mail address: set BUDGET_DOLLARS and BUDGET_MAIL, or neither.',
      );
    return { ...plain, ...(dollars !== undefined && mail !== undefined && { budget: { dollars, mail } }) };
  }
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The settings of the house are not right:\n  ${wrong.join('\n  ')}`);
}
