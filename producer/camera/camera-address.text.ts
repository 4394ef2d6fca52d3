/** Why a camera's address cannot be used. */
export type AddressFault =
  | 'missing'
  | 'no scheme'
  | 'user missing'
  | 'colon in user'
  | 'login too long'
  | 'two ways'
  | 'no host';

/** What is wrong and what to do: for who sets the address in a file, and for who types it into a form. */
export const addressText: Readonly<Record<AddressFault, { readonly set: string; readonly typed: string }>> = {
  missing: {
    set: "CAMERA_URL is not set. Set it to your camera's RTSP address, such as rtsp://192.168.1.20:554/stream2.",
    typed: "Paste your camera's address, such as rtsp://192.168.1.20:554/stream2.",
  },
  'no scheme': {
    set: 'CAMERA_URL has no rtsp:// in front. Write it as your camera has it, such as rtsp://192.168.1.20:554/stream2.',
    typed:
      'The address has no rtsp:// in front. Write it as your camera has it, such as rtsp://192.168.1.20:554/stream2.',
  },
  'user missing': {
    set: 'CAMERA_PASSWORD is set, but no user name. Set CAMERA_USER too.',
    typed: 'There is a password, but no user name. Write that too.',
  },
  'colon in user': {
    set: 'CAMERA_USER has a colon in it, which no camera can take. Set the name alone; the password is CAMERA_PASSWORD.',
    typed: 'The user name has a colon in it, which no camera can take. The password goes into its own field.',
  },
  'login too long': {
    set: 'The user name and password of the camera are too long together. Give it a shorter password: 40 characters are enough.',
    typed:
      'The user name and password of the camera are too long together. Give it a shorter password: 40 characters are enough.',
  },
  'two ways': {
    set: 'CAMERA_URL has an @ behind a / ? or #, and can be read in two ways. If these belong to the password, set CAMERA_USER and CAMERA_PASSWORD and leave them out of CAMERA_URL. If they belong to the path, write the @ as %40.',
    typed:
      'There is an @ behind a / ? or # in the address, which can be read in two ways. If these belong to the password, write user name and password into their own fields and leave them out of the address. If they belong to the path, write the @ as %40.',
  },
  'no host': {
    set: 'CAMERA_URL is not an address: behind :// (and the password) comes the name or number of the camera, and perhaps a port, such as rtsp://192.168.1.20:554/stream2. If the password is the trouble, set it as CAMERA_PASSWORD.',
    typed:
      'That is not an address: behind :// (and the password) comes the name or number of the camera, and perhaps a port, such as rtsp://192.168.1.20:554/stream2. If the password is the trouble, write it into its own field.',
  },
};
