import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An ONVIF camera's service, as far as it says where its streams are. */
export interface OnvifCamera {
  readonly service: string;
  stop(): Promise<void>;
}

/** The camera's clock is this far ahead: milliseconds. */
const ahead = 3_600_000;

/** Starts one at this address of the machine, which tells its streams to who logs in so. */
export async function startOnvifCamera(
  host: string,
  login: { readonly user: string; readonly password: string },
): Promise<OnvifCamera> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const answer = answerTo(body, host, login);
    response.writeHead(answer === undefined ? 401 : 200).end(answer && envelope(answer));
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    service: `http://${host}:${port}/onvif/device_service`,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Has it answer whoever looks for cameras. */
export async function announce({ service }: OnvifCamera): Promise<void> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (_, { address, port }) => socket.send(envelope(probeMatch(service)), port, address));
  socket.bind(3702);
  await once(socket, 'listening');
  socket.addMembership('239.255.255.250', new URL(service).hostname);
}

/** What a camera says to a probe. */
export const probeMatch = (service: string): string =>
  `<d:ProbeMatches><d:ProbeMatch><d:Types>dn:NetworkVideoTransmitter</d:Types>
   <d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/Front%20Door
   onvif://www.onvif.org/hardware/C200</d:Scopes>
   <d:XAddrs>http://10.0.0.1/elsewhere ${service}</d:XAddrs></d:ProbeMatch></d:ProbeMatches>`;

function answerTo(
  body: string,
  host: string,
  login: { readonly user: string; readonly password: string },
): string | undefined {
  if (body.includes('GetSystemDateAndTime')) {
    const now = new Date(Date.now() + ahead);
    return `<tds:UTCDateTime><tt:Time><tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute>
      <tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${now.getUTCFullYear()}</tt:Year>
      <tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day></tt:Date></tds:UTCDateTime>`;
  }
  if (!isLoggedIn(body, login)) return undefined;
  if (body.includes('GetProfiles'))
    return '<trt:Profiles fixed="true" token="large"/><trt:Profiles token="small" fixed="true"/>';
  const [, profile] = /<ProfileToken>(\w+)</.exec(body) ?? [];
  if (profile) return `<tt:Uri>rtsp://admin:admin@${host}:554/${profile}?a=1&amp;b=2</tt:Uri>`;
  return '<tds:Capabilities/>';
}

/** With a digest of the password and a time that is not far from the camera's own. */
function isLoggedIn(
  body: string,
  { user, password }: { readonly user: string; readonly password: string },
): boolean {
  const said = (name: string) => new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`).exec(body)?.[1] ?? '';
  const hash = createHash('sha1').update(Buffer.from(said('Nonce'), 'base64'));
  const digest = hash.update(said('Created')).update(password).digest('base64');
  const isOfNow = Math.abs(Date.parse(said('Created')) - Date.now() - ahead) < 60_000;
  return said('Username') === user && said('Password') === digest && isOfNow;
}

const envelope = (body: string): string => `<s:Envelope><s:Body>${body}</s:Body></s:Envelope>`;

/** As a program of its own: a camera at the address in the first argument, that is found. */
if (/onvif-camera\.[jt]s$/.test(process.argv[1] ?? '')) {
  const [, , host = '', user = '', password = ''] = process.argv;
  await announce(await startOnvifCamera(host, { user, password }));
  process.stdout.write('ready\n');
}
