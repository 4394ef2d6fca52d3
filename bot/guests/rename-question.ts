import type { Services } from '../../party/services.ts';
import { OpenQuestion, type Question } from '../open-question.ts';

/** Somebody was asked for a guest's new name. */
export interface RenameQuestion extends Question {
  readonly guestId: string;
}

export const renameQuestions = (services: Pick<Services, 'table' | 'now'>): OpenQuestion<RenameQuestion> =>
  new OpenQuestion(services, 'rename-guest');
