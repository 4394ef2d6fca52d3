import { minute } from '../clock.ts';

/** How long after an arrival a screen may still show it, in milliseconds: nobody is greeted who went in long ago. */
export const greetedFor = 2 * minute;

/** An arrival as the door screen shows it. */
export interface ScreenArrival {
  /** By which the screen knows it again; tells nothing of the guest. */
  readonly id: string;
  readonly name: string;
  /** How long ago the guest was seen, in milliseconds. */
  readonly age: number;
  readonly song?: ScreenSong;
  readonly picture?: ScreenPicture;
}

/** A song, at a presigned address. */
export interface ScreenSong {
  readonly address: string;
  readonly title: string;
  readonly performer?: string;
}

/** A photo of the guest, at a presigned address. */
export interface ScreenPicture {
  readonly address: string;
  /** Where the guest's face is in it, if that is known: others may be in the photo, too. */
  readonly face?: FaceBox;
}

/** In parts of the picture's width and height, 0 to 1. */
export interface FaceBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a screen is told. */
export interface Told {
  /** Whether a party is on. */
  readonly on: boolean;
  /** Those that it was not told of yet, in the order in which the guests came. */
  readonly arrivals: readonly ScreenArrival[];
}

/** The same, with what stands on the screen while nobody arrives. */
export interface ScreenState extends Told {
  readonly title: string;
}
