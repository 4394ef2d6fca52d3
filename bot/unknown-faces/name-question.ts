import type { Services } from '../../party/services.ts';
import type { UnknownFaceId } from '../../party/unknown-faces/unknown-faces.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { OpenQuestion, type Question } from '../open-question.ts';

/** Somebody was asked for the name of an unknown face. */
export interface FaceNameQuestion extends Question {
  readonly face: UnknownFaceId;
  readonly livesHere: boolean;
}

export const faceNameQuestions = (
  services: Pick<Services, 'table' | 'now'>,
): OpenQuestion<FaceNameQuestion> => new OpenQuestion(services, 'unknown-face');

/** Withdraws the question what the name is. @returns whether there was one */
export async function cancelFaceName(services: Services, ctx: BotContext): Promise<boolean> {
  const questions = faceNameQuestions(services);
  const question = await questions.get(askerOf(ctx));
  return question !== undefined && (await questions.settle(askerOf(ctx), question));
}
