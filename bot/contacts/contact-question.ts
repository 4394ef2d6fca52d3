import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { OpenQuestion } from '../open-question.ts';

/** The keyboard with the picker, as long as nobody has picked. */
export const contactQuestions = (
  services: Pick<Services, 'table' | 'now'>,
): OpenQuestion<{ readonly messageId: number }> => new OpenQuestion(services, 'contacts');

/**
 * Withdraws the question which contacts to add; its keyboard is the caller's to take away.
 *
 * @returns whether there was one
 */
export async function cancelContacts(services: Services, ctx: BotContext): Promise<boolean> {
  const questions = contactQuestions(services);
  const question = await questions.get(askerOf(ctx));
  return question !== undefined && (await questions.settle(askerOf(ctx), question));
}
