/** What the host is told unasked. */

export const clockIsOff =
  "The camera computer's clock is more than 30 seconds off, so I go by the time its video arrives. " +
  'Please set that clock by the internet: arrivals and pictures will be exact again.';
