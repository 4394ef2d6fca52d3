import type { Services } from '../../party/services.ts';
import { OpenQuestion, type Question } from '../open-question.ts';

/** What somebody was asked about a song, and has not answered. */
export interface SongQuestion extends Question {
  /** Whose it is, or what it is called. */
  readonly asks: 'whose' | 'name';
  readonly songId: string;
}

export const songQuestions = (services: Pick<Services, 'table' | 'now'>): OpenQuestion<SongQuestion> =>
  new OpenQuestion(services, 'song-question');
