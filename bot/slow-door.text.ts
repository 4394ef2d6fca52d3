/** What a host is told when the door is looked at too seldom for anybody to be recognised. */

/** What keeps up no more: the computer beside the camera, wherever the rest runs. */
export const looksTooSeldom = (since: string): string =>
  `I can’t keep up with the door (since ${since}): I look less than twice in three seconds, and may miss people. ` +
  'Close other programs on the computer that watches the camera. I’ll tell you when it’s better.';

export const looksAgain = (since: string, until: string): string =>
  `I keep up with the door again. From ${since} to ${until} I looked too seldom: ` +
  'if someone came in then, ask them to step in front of the camera once more.';
