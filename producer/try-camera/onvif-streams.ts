import { createHash, randomBytes } from 'node:crypto';
import { second } from '../../party/clock.ts';

/** Who asks. */
export interface OnvifLogin {
  readonly user: string;
  readonly password: string;
}

const patience = 5 * second;

/** A camera has a large stream and a small one, and some have one more. */
const mostStreams = 4;

/** The camera says its addresses to nobody, or only after a login. */
export class OnvifError extends Error {
  override readonly name = 'OnvifError';
}

/**
 * The addresses of a camera's streams as it says them itself, without user and password (ONVIF Media Service, GetProfiles
 * and GetStreamUri).
 *
 * @param service where the camera's ONVIF service is
 * @throws {OnvifError}
 */
export async function streamAddresses(service: string, login?: OnvifLogin): Promise<string[]> {
  const ahead = login ? await clockAhead(service) : 0;
  const ask = (where: string, body: string) =>
    answerOf(where, body, login && token(login, Date.now() + ahead));
  const capabilities = await ask(
    service,
    `<GetCapabilities ${device}><Category>Media</Category></GetCapabilities>`,
  );
  const media = firstIn(/<(?:\w+:)?Media>.*?<(?:\w+:)?XAddr>([^<]*)</s, capabilities) ?? service;
  if (new URL(media).hostname !== new URL(service).hostname)
    throw new OnvifError('It names another machine.');
  const profiles = await ask(media, `<GetProfiles ${mediaNamespace}/>`);
  const tokens = [...profiles.matchAll(/<(?:\w+:)?Profiles\b[^>]*?\btoken="([^"<]*)"/g)].map(
    ([, name]) => name!,
  );
  const addresses: string[] = [];
  for (const name of tokens.slice(0, mostStreams)) {
    const answer = await ask(
      media,
      `<GetStreamUri ${mediaNamespace}><StreamSetup><Stream ${schema}>RTP-Unicast</Stream>` +
        `<Transport ${schema}><Protocol>RTSP</Protocol></Transport></StreamSetup>` +
        `<ProfileToken>${name}</ProfileToken></GetStreamUri>`,
    );
    const address = firstIn(/<(?:\w+:)?Uri>([^<]*)</, answer);
    if (address && /^rtsps?:/i.test(address)) addresses.push(withoutLogin(address));
  }
  if (addresses.length === 0) throw new OnvifError('It says no address.');
  return [...new Set(addresses)];
}

const device = 'xmlns="http://www.onvif.org/ver10/device/wsdl"';
const mediaNamespace = 'xmlns="http://www.onvif.org/ver10/media/wsdl"';
const schema = 'xmlns="http://www.onvif.org/ver10/schema"';

async function answerOf(where: string, body: string, header = ''): Promise<string> {
  try {
    const response = await fetch(where, {
      method: 'POST',
      headers: { 'content-type': 'application/soap+xml; charset=utf-8' },
      body:
        '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">' +
        `<s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    if (!response.ok) throw new OnvifError(`It answers ${response.status}.`);
    return text;
  } catch (cause) {
    throw cause instanceof OnvifError ? cause : new OnvifError('It does not answer.', { cause });
  }
}

/** The password is only good with the time, and by the camera's own clock. */
async function clockAhead(service: string): Promise<number> {
  const answer = await answerOf(service, `<GetSystemDateAndTime ${device}/>`).catch(() => '');
  const utc = firstIn(/<(?:\w+:)?UTCDateTime>(.*?)<\/(?:\w+:)?UTCDateTime>/s, answer) ?? '';
  const part = (name: string) => Number(firstIn(new RegExp(`<(?:\\w+:)?${name}>(\\d+)<`), utc));
  const [year, month, day, ...time] = ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second'].map(part);
  const camera = Date.UTC(year!, month! - 1, day!, ...time);
  return Number.isFinite(camera) ? camera - Date.now() : 0;
}

/** User name and password as a digest (WS-Security UsernameToken Profile 1.0, 3.1; ONVIF Core Specification, 5.9.1). */
function token({ user, password }: OnvifLogin, time: number): string {
  const nonce = randomBytes(16);
  const created = new Date(time).toISOString();
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
  return (
    `<Security xmlns="${security}-wssecurity-secext-1.0.xsd"><UsernameToken><Username>${escaped(user)}</Username>` +
    `<Password Type="${security}-username-token-profile-1.0#PasswordDigest">${digest}</Password>` +
    `<Nonce EncodingType="${security}-soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</Nonce>` +
    `<Created xmlns="${security}-wssecurity-utility-1.0.xsd">${created}</Created></UsernameToken></Security>`
  );
}

const firstIn = (pattern: RegExp, text: string): string | undefined =>
  pattern.exec(text)?.[1]?.replaceAll('&amp;', '&').trim();

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Some cameras put a login into their address. */
const withoutLogin = (address: string): string => address.replace(/^(rtsps?:\/\/)[^/?#]*@/i, '$1');
