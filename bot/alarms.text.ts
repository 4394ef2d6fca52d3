import type { AlarmChange } from '../party/alarms/alarms.ts';

interface AlarmText {
  /** What is wrong, and what to do. */
  readonly on: string;
  readonly over: string;
}

/** By what the alarm's name ends with. */
const kinds: Readonly<Record<string, AlarmText>> = {
  IteratorAge: {
    on:
      'Arrivals come late: what the camera sees has been waiting for over half a minute. It mostly mends itself; ' +
      'if it does not, say /status, then run npm run doctor at the computer that I was deployed from.',
    over: 'Arrivals come in time again.',
  },
  WebhookErrors: {
    on:
      'I could not deal with some of what was said to me, and Telegram sends it again for a day. If I do not ' +
      'answer, wait a few minutes and say it once more; if that does not help, run npm run doctor.',
    over: 'I can deal with all that is said to me again.',
  },
  MatchErrors: {
    on:
      'Looking at who is at the door has failed, so that guests may come late or unannounced. ' +
      'Say /status; if it goes on, run npm run doctor.',
    over: 'Looking at who is at the door works again.',
  },
  TickErrors: {
    on:
      'What I do every minute failed: ending a party in time, and sending what was left over. When you are ' +
      'done, say /end_party yourself and see with /status that I’m not watching the door; then run npm run doctor.',
    over: 'What I do every minute works again.',
  },
  PicturesErrors: {
    on:
      'Pictures of arrivals could not be sent. Names and songs come all the same. If no picture comes at all, ' +
      'see that the camera is on and run npm run doctor.',
    over: 'Pictures of arrivals work again.',
  },
  MatchDeadLetters: {
    on:
      'Some of what the camera saw was given up after several tries: a guest may have come unannounced. ' +
      'Whoever is missing can step in front of the camera once more; npm run doctor says what was lost.',
    over: 'Nothing that was given up is left from the camera.',
  },
  PicturesDeadLetters: {
    on: 'A picture of an arrival was given up after several tries. Nothing else is missing; npm run doctor says why.',
    over: 'No picture that was given up is left.',
  },
  RecognitionWithoutParty: {
    on:
      'I was watching the door though no party was on, and I have stopped, for it may cost money. See with ' +
      '/status that I’m not watching; if you had just started a party, start it again.',
    over: 'I no longer watch the door without a party.',
  },
};

/** What people read when an alarm goes off, and when it is over. */
export function alarmText({ name, state }: AlarmChange): string {
  const kind = Object.keys(kinds).find((suffix) => name.endsWith(suffix));
  if (kind) return kinds[kind]![state];
  return state === 'on'
    ? `The alarm ${name} has gone off in CloudWatch. Run npm run doctor to see what is wrong.`
    : `The alarm ${name} is over.`;
}
