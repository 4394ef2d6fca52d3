/** A server-sent event with its data parsed. */
export interface ReceivedEvent {
  readonly event: string;
  readonly data: never;
}

/** The events at an address, until one stops listening. */
export async function* eventsAt(address: string): AsyncGenerator<ReceivedEvent, void, undefined> {
  const stopped = new AbortController();
  const response = await fetch(address, { signal: stopped.signal });
  let text = '';
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
        const data = field('data');
        if (data !== undefined) yield { event: field('event') ?? 'message', data: JSON.parse(data) as never };
      }
    }
  } finally {
    stopped.abort();
  }
}

/** The first event of a name whose data is as wanted. */
export async function firstEvent<T>(
  address: string,
  name: string,
  wanted: (data: T) => boolean = () => true,
): Promise<T> {
  for await (const { event, data } of eventsAt(address)) {
    if (event === name && wanted(data)) return data;
  }
  throw new Error(`The stream ended without the event ${name}.`);
}
