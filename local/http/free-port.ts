import { PortTakenError } from './listen.ts';

/** A port, and whether somebody asked for exactly this one. */
export interface Port {
  readonly number: number;
  readonly asked: boolean;
}

/** So many ports are tried after a default one that is taken. */
const tries = 50;

/**
 * Starts something on a port. A default port that is taken gives way to the next free one; one that was asked
 * for does not.
 *
 * @param start must reject with PortTakenError when the port is taken
 * @throws PortTakenError
 */
export async function onFreePort<Started>(
  port: Port,
  start: (port: number) => Promise<Started>,
): Promise<Started> {
  for (let number = port.number; ; number++) {
    try {
      return await start(number);
    } catch (error) {
      const giveUp = port.asked || number === 65_535 || number - port.number >= tries;
      if (!(error instanceof PortTakenError) || giveUp) throw error;
    }
  }
}
