/** One Server-Sent Event as it came; a block that only tells the place in the stream has no data. */
export interface ReceivedEvent {
  readonly id?: string;
  readonly event: string;
  readonly data?: string;
}

/** Reads Server-Sent Events (HTML standard, 9.2.6) from a body, until it ends; comments are passed over. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ReceivedEvent> {
  const text = new TextDecoder();
  let rest = '';
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    rest += text.decode(chunk, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event !== undefined) yield event;
    }
  }
}

function parseBlock(block: string): ReceivedEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const match = /^([a-z]+):\s?(.*)$/.exec(line);
    if (match?.[1] === undefined) continue;
    const before = match[1] === 'data' ? fields.get('data') : undefined;
    fields.set(match[1], before === undefined ? (match[2] ?? '') : `${before}\n${match[2]}`);
  }
  const id = fields.get('id');
  const data = fields.get('data');
  if (id === undefined && data === undefined) return undefined;
  return {
    ...(id === undefined ? {} : { id }),
    event: fields.get('event') ?? 'message',
    ...(data === undefined ? {} : { data }),
  };
}
