import { type AddressFault, addressText } from './camera-address.text.ts';
import { isUrl } from './camera-error.ts';

/** Where a camera's address may be told, as environment variables. */
export interface CameraSettings {
  /** An RTSP address, with or without user and password in it; or a video file's path. */
  readonly CAMERA_URL?: string | undefined;
  /** The camera account's name and password, as they are: no character needs to be written another way. */
  readonly CAMERA_USER?: string | undefined;
  readonly CAMERA_PASSWORD?: string | undefined;
}

/** The settings give no address. The message is for people and holds nothing of what was set. */
export class CameraAddressError extends Error {
  override readonly name = 'CameraAddressError';
  /** The same in words for who typed the address, and set nothing. */
  readonly ofTyped: string;

  constructor(fault: AddressFault) {
    super(addressText[fault].set);
    this.ofTyped = addressText[fault].typed;
  }
}

/** FFmpeg's RTSP client has room for so many characters of `user:password`, and cuts off the rest. */
const longestLogin = 127;

/**
 * The camera's address, as `openCamera` takes it: user and password are in it, percent-encoded.
 * `CAMERA_USER` and `CAMERA_PASSWORD` go before what the URL says.
 *
 * A password in the URL that holds an @, : / ? # or % as it is, is understood where the URL could mean
 * nothing else.
 *
 * @throws {CameraAddressError} when there is no address, or it could be read in two ways
 */
export function cameraAddress(settings: CameraSettings): string {
  const { user: separateUser, password: separatePassword } = separateLogin(settings);
  const url = settings.CAMERA_URL?.trim();
  if (!url) throw new CameraAddressError('missing');
  if (!isUrl(url)) {
    if (!looksLikeNetworkAddress.test(url)) return url;
    throw new CameraAddressError('no scheme');
  }
  const parts = split(url);
  const user = separateUser ?? parts.user;
  const password = separatePassword ?? parts.password;
  if (user === undefined) {
    if (password === undefined) return `${parts.scheme}${parts.place}`;
    throw new CameraAddressError('user missing');
  }
  const login = encode(user) + (password === undefined ? '' : `:${encode(password)}`);
  if (login.length > longestLogin) throw new CameraAddressError('login too long');
  return `${parts.scheme}${login}@${parts.place}`;
}

function separateLogin({ CAMERA_USER, CAMERA_PASSWORD }: CameraSettings) {
  // Whoever leaves `CAMERA_USER=` in the file has not set it. A password may begin or end with a blank.
  const user = CAMERA_USER?.trim() || undefined;
  if (user?.includes(':')) throw new CameraAddressError('colon in user');
  return { user, password: CAMERA_PASSWORD || undefined };
}

/** An address in its parts; user and password as they are, not encoded. `place` is all from the host on. */
interface Parts {
  readonly scheme: string;
  readonly user?: string;
  readonly password?: string;
  readonly place: string;
}

function split(url: string): Parts {
  const [, scheme, rest] = /^([^:]+:\/\/)(.*)$/s.exec(url) as unknown as [string, string, string];
  const authorityEnd = rest.search(/[/?#]|$/);
  // As the standard says (RFC 3986): all before the first / ? or # is login and host.
  const at = rest.lastIndexOf('@', authorityEnd);
  const isRead = isHost(rest.slice(at + 1, authorityEnd));
  const laterAt = rest.lastIndexOf('@');
  if (laterAt > authorityEnd) {
    // The standard's reading makes no sense: the password itself holds the / ? or #.
    if (!isRead) return { scheme, ...login(rest.slice(0, laterAt)), place: checked(rest.slice(laterAt + 1)) };
    throw new CameraAddressError('two ways');
  }
  if (at < 0) return { scheme, place: checked(rest) };
  return { scheme, ...login(rest.slice(0, at)), place: checked(rest.slice(at + 1)) };
}

function login(text: string): { user: string; password?: string } {
  const colon = text.indexOf(':');
  if (colon < 0) return { user: decode(text) };
  return { user: decode(text.slice(0, colon)), password: decode(text.slice(colon + 1)) };
}

/** The part from the host on. @throws {CameraAddressError} when there is no host at its start */
function checked(place: string): string {
  if (isHost(place.slice(0, place.search(/[/?#]|$/)))) return place;
  throw new CameraAddressError('no host');
}

/** An IPv4 number, or any login with an @, that no scheme stands before: it is hardly a video file's path. */
const looksLikeNetworkAddress = /^(?:[^/@]*@[^/@]+|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:\/|$)/;

/** A host's name or number (IPv6 in brackets), with or without a port. */
const host = /^(?:\[[\w:.%]+\]|[\p{L}\p{N}._-]+)(?::(?<port>\d{1,5}))?$/u;

function isHost(text: string): boolean {
  const match = host.exec(text);
  return match !== null && Number(match.groups?.port ?? 0) <= 65_535;
}

/** What was percent-encoded, as it is; a text with a % that begins no code was not encoded at all. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * All that may not stand in a login as it is (RFC 3986, userinfo), the colon that ends the name, and the single quote,
 * so that an address can be put in single quotes.
 */
function encode(text: string): string {
  return text.replace(/[^\w.~!$&()*+,;=-]+/g, (part) => encodeURIComponent(part).replaceAll("'", '%27'));
}
