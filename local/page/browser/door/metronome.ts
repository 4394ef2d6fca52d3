// A worker: browsers slow the timers of a page in the background, and the door must be watched there too.

/** Beats as often as it is told, in milliseconds. */
addEventListener('message', ({ data }) => {
  setInterval(() => postMessage('beat'), data);
});
