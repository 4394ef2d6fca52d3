import { names } from '../environment.ts';
import type { HouseOptions } from '../house-options.ts';
import { onFreePort } from '../http/free-port.ts';
import { lanAddress } from './lan-address.ts';
import { type DoorServer, startDoorServer } from './reverse-proxy.ts';

/** What a host types so that tablets reach the door screen. */
const openingCommand = 'npm start -- --lan';

/**
 * Opens the door screen on a port of its own: on loopback, or with `lan` on this machine's address in the network.
 *
 * @throws NoNetworkError, PortTakenError
 */
export async function openDoorScreen(
  { lan = false, doorPort = { number: 0, asked: true } }: Pick<HouseOptions, 'lan' | 'doorPort'>,
  functionUrl: string,
  awsUrl: string,
): Promise<DoorServer & { tellFunctions(): void }> {
  const address = lan ? lanAddress() : '127.0.0.1';
  const server = await onFreePort(doorPort, (port) =>
    startDoorServer({ functionUrl, awsUrl, bucket: names.bucket }, { address, port }),
  );
  return {
    ...server,
    /** Puts into this process's environment what the Lambdas have to know of it. */
    tellFunctions() {
      process.env.DOOR_URL = server.url;
      process.env.S3_PUBLIC_ROOT = server.objectsUrl;
      if (lan) delete process.env.DOOR_OPENING_COMMAND;
      else process.env.DOOR_OPENING_COMMAND = openingCommand;
    },
  };
}
