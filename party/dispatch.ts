import { deliverAlarm } from './alarms/report-alarm.ts';
import type { ArrivalServices } from './arrival-services.ts';
import { type ArrivalDeliveryServices, deliverArrival, deliverNames } from './arrivals/arrival-delivery.ts';
import type { Arrival } from './arrivals/arrivals.ts';
import { deliverPicture } from './arrivals/picture-delivery.ts';
import { deliverWebhook, webhookMessage } from './automation/webhook-delivery.ts';
import type { Chat } from './chat.ts';
import type { Deliveries } from './outbox/deliveries.ts';
import type { Delivery } from './outbox/delivery.ts';
import { Dispatcher } from './outbox/dispatcher.ts';
import { type Message, placeAt } from './outbox/message.ts';
import type { KeptGap } from './parties/gaps.ts';
import { chatGoneMessage, deliverNotice, type NoticeChat } from './parties/notices.ts';
import { deliverRecap } from './parties/recap-delivery.ts';
import { deliverSilence } from './parties/silence.ts';
import type { Services } from './services.ts';

/** What sending needs of the services; alarms go to hosts, and arrivals to a webhook, which not all know. */
export type DispatchServices = ArrivalDeliveryServices &
  Pick<ArrivalServices, 'parties' | 'destinations' | 'storage' | 'gaps' | 'table' | 'pause'> &
  Partial<Pick<Services, 'hosts' | 'arrivalWebhook' | 'costs'>>;

/**
 * What sends all that people are told unasked.
 *
 * @param chat what may be said here: messages of other kinds are left to others
 */
export function createDispatcher(services: DispatchServices, chat: Partial<Chat>): Dispatcher {
  return new Dispatcher(services, (send) => deliveriesOf(services, chat, send));
}

function deliveriesOf(
  services: DispatchServices,
  chat: Partial<Chat>,
  send: (message: Message) => Promise<Delivery>,
): Deliveries {
  const { parties, hosts, arrivalWebhook, now, log } = services;
  const can = <Name extends keyof Chat>(...names: Name[]): Pick<Chat, Name> | undefined =>
    names.every((name) => chat[name]) ? (chat as Pick<Chat, Name>) : undefined;
  const arrivals = can('announceArrival');
  const names = can('announceTogether');
  const pictures = can('sendArrivalPicture');
  const gaps = can('reportGap');
  const silences = can('reportSilence');
  const recaps = can('sendRecap');
  const recapPictures = can('sendRecapPicture');
  const alarms = can('reportAlarm');
  const cards = can('askWhoItIs', 'tellMoreUnknown');
  const signUps = can('askToWelcome');
  const notices: NoticeChat | undefined = can(
    'reportClockOff',
    'reportRecognitionRunning',
    'reportProducerAlert',
    'reportSlowness',
    'reportStill',
    'reportEndsSoon',
    'reportChatGone',
    'reportUnsentSong',
    'askMorningAfter',
    'reportPhotosGone',
  );
  // Only where arrivals are announced, with which it goes.
  const webhook = arrivals && arrivalWebhook && deliverWebhook({ ...services, arrivalWebhook });
  const post = async (arrival: Pick<Arrival, 'partyId' | 'guestId' | 'time'>): Promise<void> => {
    if (webhook && (await arrivalWebhook?.())) await send(webhookMessage(arrival));
  };
  return {
    ...(arrivals && { arrival: deliverArrival(services, arrivals, post) }),
    ...(webhook && {
      webhook,
      whileItWaits: async ({ kind, details }) => {
        if (kind === 'arrival') await post(details as unknown as Arrival);
      },
    }),
    ...(names && { together: deliverNames(services, names) }),
    ...(pictures && { picture: deliverPicture(services, pictures) }),
    ...(gaps && { gap: (gap: KeptGap, place) => gaps.reportGap(placeAt(gap, place)) }),
    ...(silences && { silence: deliverSilence(parties, silences) }),
    ...(recaps && { recap: deliverRecap(services, recaps) }),
    ...(recapPictures && {
      // Loaded when it is needed: the match has none to send.
      recapPicture: async (...picture) =>
        (await import('./parties/recap-picture.ts')).deliverRecapPicture(services, recapPictures)(...picture),
    }),
    ...(alarms && hosts && { alarm: deliverAlarm({ hosts, log, now }, alarms, send) }),
    ...(cards && {
      // Loaded when it is needed: the match has none to send.
      card: async (...card) =>
        (await import('./unknown-faces/cards.ts')).deliverCard(services, cards)(...card),
    }),
    ...(signUps && {
      // Loaded when it is needed, as the cards are.
      'sign-up': async (...card) =>
        (await import('./sign-ups/card.ts')).deliverSignUp(services, signUps)(...card),
    }),
    ...(notices && {
      notice: deliverNotice({ now }, notices),
      chatGone: (place) => send(chatGoneMessage(place, now)),
    }),
  };
}
