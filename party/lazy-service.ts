import { buildOnce } from './build-once.ts';

/** What can be asked of a service that is not loaded yet: all that is answered with a promise. */
export type Lazy<Service> = {
  readonly [Name in keyof Service as Service[Name] extends (...args: never[]) => Promise<unknown>
    ? Name
    : never]: Service[Name];
};

/**
 * A service that is loaded when it is first asked for something. A guest waits while a Lambda starts: what it may
 * need only when the message is out, or never, with an SDK client of its own, is a file beside its bundle until then.
 *
 * @param load imports the service's module and makes the service; tried again at the next call when it fails
 */
export function lazy<Service extends object>(load: () => Promise<Service>): Lazy<Service> {
  const loaded = buildOnce(load);
  const question = (name: string) => {
    return async (...args: unknown[]) => {
      const service = (await loaded()) as Record<string, (...args: unknown[]) => unknown>;
      return service[name]!(...args);
    };
  };
  return new Proxy({} as Lazy<Service>, {
    get(own, name) {
      // What every object has, and what was set on this one.
      if (name in own) return Reflect.get(own, name);
      // Who awaits or prints it looks for `then` and for symbols: those are no questions.
      return typeof name === 'string' && name !== 'then' ? question(name) : undefined;
    },
  });
}
