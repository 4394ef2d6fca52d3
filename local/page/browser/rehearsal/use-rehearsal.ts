import { useCallback, useEffect, useState } from 'preact/hooks';
import type { RehearsalState } from '../../../rehearsal/state.ts';
import { getJson, inWords, postJson } from '../http.ts';
import { notify } from '../notices.tsx';

/** The rehearsal, and what can be done with it. */
export interface Shown {
  readonly state: RehearsalState;
  readonly begin: () => Promise<void>;
  /** @returns whether it is cleared */
  readonly clear: () => Promise<boolean>;
}

/** So often it is asked how it is while it is shown, in milliseconds. */
const interval = 300;

/** Follows the rehearsal. @param there whether there is one */
export function useRehearsal(there: boolean): Shown | undefined {
  const [state, setState] = useState<RehearsalState>({ step: 'none' });
  const isMoving = state.step === 'running' || state.step === 'clearing';

  useEffect(() => {
    if (!there) return;
    // What does not answer is asked again: the page says by itself that the connection is lost.
    const look = () => getJson<RehearsalState>('/rehearsal').then(setState, () => {});
    look();
    if (!isMoving) return;
    const timer = setInterval(look, interval);
    return () => clearInterval(timer);
  }, [there, isMoving]);

  const post = useCallback(async (path: string): Promise<boolean> => {
    try {
      setState(await postJson<RehearsalState>(path, {}));
      return true;
    } catch (error) {
      notify(inWords(error), 'error');
      await getJson<RehearsalState>('/rehearsal').then(setState, () => {});
      return false;
    }
  }, []);
  const begin = useCallback(async () => {
    await post('/rehearsal');
  }, [post]);
  const clear = useCallback(() => {
    setState({ step: 'clearing', telling: 'Clearing it away…' });
    return post('/rehearsal/clear');
  }, [post]);

  return there ? { state, begin, clear } : undefined;
}
