import type { FaceBox } from '../door-screen/told.ts';

/** What is posted to `ARRIVAL_WEBHOOK` of each arrival; docs/automation.md is its reference. */
export interface ArrivalDocument {
  readonly type: 'arrival';
  /** The same for each try, and for no other arrival; also in the header `webhook-id`. */
  readonly id: string;
  /** When the guest was seen, in ISO 8601 and UTC. */
  readonly time: string;
  /** The party's id. */
  readonly party: string;
  readonly guest: { readonly id: string; readonly name: string };
  /** Absent when there is no song at all. `url` is presigned. */
  readonly song?: {
    readonly title: string;
    readonly performer?: string;
    /** Its media type, such as `audio/mpeg`. */
    readonly contentType: string;
    readonly url: string;
  };
  /** A photo of the guest; absent when there is none. `url` is presigned, and `face` says where the guest is in it. */
  readonly picture?: { readonly url: string; readonly face?: FaceBox };
}
