import type { CameraState } from '../camera/state.ts';

/** A face as the recognition saw it in a frame. */
export interface SeenFace {
  /** Ratios of the picture's width and height, as in Rekognition's records. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** Who it is, if someone is known by it. */
  readonly name?: string;
  /** How alike the known face is, 0 to 100. */
  readonly similarity?: number;
  /** Why this face cannot be used, in words for people (“too small: 28 px”). */
  readonly unusable?: string;
}

/** What the recognition saw in one frame; without faces if there was none. */
export interface SeenFrame {
  /** The frame's time in milliseconds since 1970. */
  readonly time: number;
  readonly faces: readonly SeenFace[];
  /** In a party: the door is looked at too seldom for anybody to be recognised. */
  readonly isTooSlow?: true;
}

/** `known`: has a name. `unknown`: usable, and nobody's. `unusable`: too small, turned away, blurred… */
export type FaceKind = 'known' | 'unknown' | 'unusable';

/** One picture of the door for the page; the picture itself is at `/door/pictures/<time>`. */
export interface DoorFrame {
  readonly time: number;
  readonly width: number;
  readonly height: number;
  readonly faces: readonly (SeenFace & { readonly kind: FaceKind })[];
  readonly recognition: 'on' | 'off';
}

/** The answer of `GET /door/state` and the data of the event `camera`. */
export interface DoorState {
  readonly camera: CameraState;
  readonly recognition: 'on' | 'off';
  /** In a party: the door is looked at too seldom for anybody to be recognised. */
  readonly isTooSlow?: true;
  /** Whether a party is on, also while nothing is looked at for it: the camera has just begun, or has ended. */
  readonly party: boolean;
}
