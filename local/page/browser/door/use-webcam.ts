import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CameraSource } from '../../../camera/state.ts';
import { notify } from '../notices.tsx';
import { sendWebcam, WebcamError } from './webcam.ts';

/** Remembers, for this tab and over a reload, that this page is the webcam. */
const webcamKey = 'webcam';

/** Whether this page sends its webcam, and how to begin; it ends by itself when another camera is chosen. */
export function useWebcam(source: CameraSource | 'phone' | undefined): { sends: boolean; begin: () => void } {
  const [sends, setSends] = useState(false);
  const ended = useRef<AbortController | undefined>(undefined);

  const begin = useCallback(() => {
    ended.current?.abort();
    const sending = new AbortController();
    ended.current = sending;
    sessionStorage.setItem(webcamKey, 'on');
    setSends(true);
    sendWebcam(sending.signal)
      .catch((error) => {
        notify(error instanceof WebcamError ? error.message : `The webcam stopped: ${error}`, 'error');
      })
      .finally(() => {
        if (ended.current === sending) setSends(false);
      });
  }, []);

  useEffect(() => {
    if (source === undefined) return;
    if (source === 'webcam') {
      if (sessionStorage.getItem(webcamKey) && !ended.current) begin();
    } else {
      sessionStorage.removeItem(webcamKey);
      ended.current?.abort();
      ended.current = undefined;
    }
  }, [source, begin]);
  useEffect(() => () => ended.current?.abort(), []);

  return { sends, begin };
}
