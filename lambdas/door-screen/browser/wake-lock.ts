/**
 * Keeps the device's screen on while the page is seen. Browsers let go of the lock when it is hidden, and have none where
 * the page does not come over TLS, as from a machine in the same network: there the device's own settings decide.
 */
export function keepAwake(): void {
  if (!('wakeLock' in navigator)) return;
  const lock = () => {
    // A low battery refuses it.
    if (document.visibilityState === 'visible') navigator.wakeLock.request('screen').catch(() => {});
  };
  document.addEventListener('visibilitychange', lock);
  lock();
}
