import { useEffect, useState } from 'preact/hooks';
import type { PhoneInvitation } from '../../../phone-camera/phone-camera.ts';
import type { DoorState } from '../../door-frame.ts';
import { getJson, inWords, postJson } from '../http.ts';

/** So often it is asked whether the phone is there, in milliseconds. */
const interval = 1000;

/** A phone as the camera: a QR code of a link, which its browser opens; or why that cannot be. */
export function PhoneAsCamera({ onInvited }: { readonly onInvited: () => void }) {
  const [invitation, setInvitation] = useState<{ url: string; picture: string }>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => () => invitation && URL.revokeObjectURL(invitation.picture), [invitation]);
  const invite = async () => {
    setProblem(undefined);
    try {
      const { url, qr } = await postJson<PhoneInvitation>('/door/phone', {});
      setInvitation({ url, picture: URL.createObjectURL(new Blob([qr], { type: 'image/svg+xml' })) });
      onInvited();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const [isConnected, setConnected] = useState(false);
  useEffect(() => {
    if (!invitation) return;
    // What does not answer is asked again: the page says by itself that the connection is lost.
    const look = () =>
      getJson<DoorState>('/door/state').then(
        ({ camera }) => setConnected(camera.phone === true && camera.status === 'live'),
        () => {},
      );
    const timer = setInterval(look, interval);
    return () => clearInterval(timer);
  }, [invitation]);
  if (!invitation)
    return (
      <>
        <button type="button" class="secondary" onClick={invite}>
          Use a phone instead
        </button>
        {problem && <p role="status">{problem}</p>}
      </>
    );
  return (
    <>
      <p role="status" class="connected">
        {isConnected ? '✓ Your phone is connected. Leave its page open.' : 'Waiting for your phone…'}
      </p>
      <img class="qr" src={invitation.picture} alt="QR code of the link for the phone" />
      <p>Scan this with a phone in the same Wi-Fi, or open there:</p>
      <p class="phone-link">{invitation.url}</p>
      <p class="hint">
        The phone warns that it doesn’t know this computer: that’s right, go on (<i>Advanced</i> or{' '}
        <i>Show details</i>). The link only lets a phone be your camera: nobody sees anything through it.
      </p>
    </>
  );
}
