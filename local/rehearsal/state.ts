/**
 * How the rehearsal is: `running` while it is shown, `over` when it was shown to its end, `stopped` when something kept
 * it from that. What it made is there until it is cleared, after which it is `none` again.
 */
export type RehearsalState =
  | { readonly step: 'none' }
  | {
      readonly step: 'running';
      /** What happens now, a sentence for who looks on. */
      readonly telling: string;
      /** Where there is something to be seen now, on a screen too small for both. */
      readonly look: 'chat' | 'door';
    }
  | { readonly step: 'over'; readonly telling: string }
  | { readonly step: 'stopped'; readonly telling: string }
  | { readonly step: 'clearing'; readonly telling: string };
