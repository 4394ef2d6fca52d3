import type { Services } from '../services.ts';
import type { Refusal } from '../stores/collection.ts';
import type { FoundFaces, PhotoFace } from './faces-in-photo.ts';
import type { GroupFace } from './group-faces.ts';
import type { Guest } from './guests.ts';
import type { PhotoAdvice } from './photo-advice.ts';
import type { WhosePhoto } from './whose-photo.ts';

/** A photo that somebody sent. */
export interface NewPhoto {
  /** The same whenever the same file is sent: `[a-zA-Z0-9_-]`, for it stands in the face's `ExternalImageId`. */
  readonly photoId: string;
  /** The id under which it would have been kept before ids came from the content (`content-id.ts`). */
  readonly formerId?: string;
  /** The file as it came, whatever it is. */
  readonly bytes: Uint8Array;
  /** What was found in it, if it was looked at already (`album-photo.ts`). */
  readonly found?: FoundFaces | undefined;
  /**
   * As long as nobody has said whose it is, its file and its face stay, as nobody's: other photos are compared with it.
   */
  readonly isKept?: boolean;
}

/** Why a photo will not do. */
export type PhotoRefusal =
  | Refusal
  | { readonly reason: 'damaged picture' }
  /** @see PictureFile */
  | { readonly reason: 'other kind of picture'; readonly kind: string };

/** What came of a photo. */
export type Enrolment =
  | {
      readonly outcome: 'enrolled';
      readonly guest: Guest;
      /** Under which the photo is kept. */
      readonly photoId: string;
      /** How many the guest has now. */
      readonly photos: number;
      readonly advice: readonly PhotoAdvice[];
      /** Somebody who was no guest before. */
      readonly isNew: boolean;
    }
  /** This very photo is this guest's already. */
  | {
      readonly outcome: 'known';
      readonly guest: Guest;
      readonly photoId: string;
      readonly sameName: boolean;
    }
  | { readonly outcome: 'refused'; readonly refusal: PhotoRefusal }
  /** Name and face do not agree: whoever sent it must say whose it is, and then it is to be enrolled again. */
  | {
      readonly outcome: 'asked';
      readonly question: Extract<WhosePhoto, { whose: 'asked' }>;
      readonly face: PhotoFace;
    }
  /** It will do, and nobody has said whose it is. `like` are the guests that the face is like, best first. */
  | { readonly outcome: 'unnamed'; readonly like: readonly Guest[] }
  /**
   * It shows several people. Picture and faces are kept, as nobody's, for whoever names them. `seen` counts all faces.
   */
  | {
      readonly outcome: 'group';
      readonly faces: readonly GroupFace[];
      readonly seen: number;
      readonly key: string;
    };

/** What enrolment needs of the services. */
export type EnrolmentServices = Pick<
  Services,
  'config' | 'table' | 'guests' | 'people' | 'collection' | 'storage' | 'now'
>;
