import { type Guest, Guests, namesakes } from '../../party/guests/guests.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import { showCards } from '../../party/unknown-faces/cards.ts';
import { UnknownFaces, type WhoItIs } from '../../party/unknown-faces/unknown-faces.ts';
import { arriveAs, livesHere, sayWhoItIs } from '../../party/unknown-faces/who-it-is.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { readName } from '../names.ts';
import { arrivalSongChoices, pressed } from './buttons.ts';
import { wasSettled } from './card.ts';
import { createCardSender } from './card-sender.ts';
import { type FaceNameQuestion, faceNameQuestions } from './name-question.ts';
import { unknownFacesText as text } from './unknown-faces.text.ts';

/**
 * A host has written the name of an unknown face. A new guest is asked a song for, and then announced; of one who is on
 * the list already, the song is known.
 */
export async function nameFace(
  services: Services,
  dispatcher: Dispatcher,
  ctx: BotContext,
  question: FaceNameQuestion,
): Promise<void> {
  const { guests, songs, table } = services;
  const said = readName(ctx.msg?.text ?? '');
  if (!('name' in said)) return tell(text.notAName);
  const found = namesakes(said.name, await guests.list());
  if (found.length > 1) return tell(text.several(said.name));
  if (!(await new UnknownFaces(table).get(question.face))) return tell(text.gone);
  if (!(await faceNameQuestions(services).settle(askerOf(ctx), question))) return;
  const [known] = found;
  const guestId = known?.id ?? Guests.newId();
  const is = question.livesHere ? 'household' : 'guest';
  const settled = await sayWhoItIs(services, question.face, { is, guestId, by: 'host' } as WhoItIs);
  if (settled.outcome === 'gone') return tell(text.gone);
  if (settled.outcome === 'settled before') return tell(wasSettled(settled.face));
  const { face } = settled;
  const guest: Guest = known ?? (await guests.add(guestId, said.name));
  if (question.livesHere) await livesHere(services, face, guest);
  const shelf = await songs.list();
  const asksSong = !question.livesHere && !known && shelf.length > 0;
  if (asksSong)
    await ctx.reply(text.whichSong(guest.name), {
      reply_markup: arrivalSongChoices(shelf, pressed(face), 0),
    });
  else if (!question.livesHere) await arriveAs(services, dispatcher, face, guest);
  await showCards(services, createCardSender(services, ctx.api), face);

  async function tell(what: string): Promise<void> {
    await ctx.reply(what);
  }
}
