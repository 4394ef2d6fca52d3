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
      'I’m running over half a minute behind the camera, so arrivals come late. I usually catch up; ' +
      'if I don’t, run npm run doctor at the computer that I was deployed from.',
    over: 'I’ve caught up. Arrivals come in time again.',
  },
  WebhookErrors: {
    on:
      'Something you wrote tripped me up, and I may not have answered. Telegram keeps sending it to me for a day. ' +
      'Try it again in a few minutes; if that doesn’t help, run npm run doctor.',
    over: 'I can answer everything again.',
  },
  MatchErrors: {
    on:
      'I’m having trouble with the door, so guests may come late or unannounced. ' +
      'Check /status; if it goes on, run npm run doctor.',
    over: 'The door is fine again.',
  },
  WebhookThrottles: {
    on: 'I’m getting so many messages that AWS turned some away. If it goes on, someone else may know my address: see docs/aws.md.',
    over: 'I can read everything again.',
  },
  MatchThrottles: {
    on: 'AWS can’t run everything at once, so guests may come late or unannounced. If it goes on, see docs/aws.md.',
    over: 'AWS runs everything again.',
  },
  TickErrors: {
    on:
      'I can’t end the party by myself right now, or send what had to wait. When you’re done, say /end_party and ' +
      'check with /status that I’m not watching the door; then run npm run doctor.',
    over: 'I can end the party by myself again.',
  },
  PicturesErrors: {
    on:
      'I can’t send pictures of arrivals right now. Names and songs still come. If there are no pictures at all, ' +
      'check that the camera is on, and run npm run doctor.',
    over: 'Pictures are back.',
  },
  DoorErrors: {
    on:
      'The screen at the door has trouble, so songs may not be heard there. Arrivals still come here. ' +
      'If it goes on, run npm run doctor.',
    over: 'The screen at the door is fine again.',
  },
  MatchDeadLetters: {
    on:
      'I missed something at the door: a guest may have come unannounced. If someone’s missing, ask them to step ' +
      'in front of the camera once more. npm run doctor says what I missed.',
    over: 'Nothing from the door is missing any more.',
  },
  PicturesDeadLetters: {
    on: 'I couldn’t send one of the pictures of arrivals, and gave up. Nothing else is missing; npm run doctor says why.',
    over: 'No picture is missing any more.',
  },
  RecognitionWithoutParty: {
    on:
      'I was still watching the door without a party. That can cost money, so I’ve stopped. Check with /status; ' +
      'if you’d just started a party, start it again.',
    over: 'I’m not watching the door any more.',
  },
};

/** What people read when an alarm goes off, and when it is over. */
export function alarmText({ name, state }: AlarmChange): string {
  const kind = Object.keys(kinds).find((suffix) => name.endsWith(suffix));
  if (kind) return kinds[kind]![state];
  return state === 'on'
    ? `CloudWatch’s alarm ${name} went off. Run npm run doctor to see what’s wrong.`
    : `The alarm ${name} is over.`;
}
