/** What this device remembers of the screen. A browser that keeps nothing, as in a private window, is no trouble. */
export const kept = {
  read<Value>(name: string, byDefault: Value): Value {
    try {
      const text = localStorage.getItem(`door-screen ${name}`);
      return text === null ? byDefault : (JSON.parse(text) as Value);
    } catch {
      return byDefault;
    }
  },
  write(name: string, value: unknown): void {
    try {
      localStorage.setItem(`door-screen ${name}`, JSON.stringify(value));
    } catch {
      // Then it is asked anew the next time.
    }
  },
};
