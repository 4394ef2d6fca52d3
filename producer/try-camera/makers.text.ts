/** A camera's setting that advice is about. */
export type Setting =
  | 'account'
  | 'stream'
  | 'codec'
  | 'frameRate'
  | 'keyFrames'
  | 'light'
  | 'night'
  | 'clock'
  | 'rtsp';

/** The makers whose menus are named here. */
export const makers = ['Tapo', 'Reolink', 'Hikvision'] as const;
export type Maker = (typeof makers)[number];

/** Said above all of it. */
export const menusDiffer = 'Where that is set (the names differ by model and firmware):';

/**
 * Where each setting is. Tapo's and Reolink's are in their apps, Hikvision's on the camera's own page. From the
 * makers' manuals, as they were known when this was written; none of these cameras was at hand to try it.
 */
export const places: Record<Setting, Record<Maker, string>> = {
  account: {
    Tapo: 'the camera’s settings > Advanced Settings > Camera Account. It is not the login of the app.',
    Reolink: 'Settings > System > User Management: add a user.',
    Hikvision: 'Configuration > System > User Management: add a user who may view.',
  },
  rtsp: {
    Tapo: 'on as soon as there is a Camera Account. If a right password is refused: Me > Tapo Lab > Third-Party Compatibility.',
    Reolink:
      'Settings > Network > Advanced > Port Settings (or Server Settings): switch RTSP on. Battery cameras have none.',
    Hikvision:
      'Configuration > Network > Basic Settings > Port has the port; System > Security > Authentication the kind of login.',
  },
  stream: {
    Tapo: 'in the address: /stream1 is the large one (its size under Video Quality), /stream2 the small one, 640×360.',
    Reolink: 'in the address: …_main or …_sub; the sizes under Settings > Display > Stream.',
    Hikvision:
      'in the address: /Streaming/Channels/101 or 102; the sizes under Configuration > Video/Audio > Video.',
  },
  codec: {
    Tapo: 'most send H.264 only; where there is a choice, under Video Quality or Video Encoding.',
    Reolink:
      'Settings > Display > Stream > Encode type, where the model has it; the Fluent stream is H.264 on most.',
    Hikvision:
      'Configuration > Video/Audio > Video > Video Encoding: H.264, H.264+ off; Profile Basic has no B-frames.',
  },
  frameRate: {
    Tapo: 'cannot be set; /stream1 and /stream2 send about 15.',
    Reolink: 'Settings > Display > Stream > Frame rate.',
    Hikvision: 'Configuration > Video/Audio > Video > Frame Rate.',
  },
  keyFrames: {
    Tapo: 'cannot be set.',
    Reolink: 'Settings > Display > Stream > I-frame interval: 1x or 2x, where the model has it.',
    Hikvision: 'Configuration > Video/Audio > Video > I Frame Interval, in frames.',
  },
  light: {
    Tapo: 'the camera’s settings > Video & Display: WDR or HDR, where the model has it.',
    Reolink: 'Settings > Display > Advanced: Backlight, or Anti-backlight.',
    Hikvision: 'Configuration > Image > Display Settings > Backlight Settings: WDR or BLC.',
  },
  night: {
    Tapo: 'the camera’s settings > Night Vision: mode and lamps.',
    Reolink: 'Settings > Display > Day and Night, and Settings > Light for the lamps.',
    Hikvision: 'Configuration > Image > Display Settings > Day/Night Switch.',
  },
  clock: {
    Tapo: 'the camera’s settings > Time or Time Zone; it follows the internet.',
    Reolink: 'Settings > System > Date & Time, and Network > Advanced > NTP.',
    Hikvision: 'Configuration > System > System Settings > Time Settings: NTP.',
  },
};
