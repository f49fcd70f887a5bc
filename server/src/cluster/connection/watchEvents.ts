import type { IncomingMessage } from 'node:http';
import { isJson } from './answerOf.ts';
import type { WatchItem } from './clusterClient.ts';
import type { Secret } from './secret.ts';
import { record, refusal } from './statusAnswer.ts';

interface WatchSurroundings {
  readonly address: string;
  readonly signal: AbortSignal;
  readonly secrets: readonly Secret[];
  readonly onBytes: (count: number) => void;
}

/** The events of a watch's body, a line of JSON each, and at last why it ended. */
export async function* readWatch(
  response: IncomingMessage,
  { address, signal, secrets, onBytes }: WatchSurroundings,
): AsyncGenerator<WatchItem, void, undefined> {
  const contentType = response.headers['content-type'] ?? '';
  if (!isJson(contentType)) {
    yield {
      outcome: 'unreachable',
      trouble: { kind: 'notAnApiServer', address, contentType: contentType.slice(0, 100) },
    };
    return;
  }
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      onBytes(chunk.length);
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() === '') continue;
        const item = readEvent(line, secrets);
        if (item === undefined) {
          yield { outcome: 'unreachable', trouble: { kind: 'cutOff', address } };
          return;
        }
        yield item;
        if (item.outcome !== 'event') return;
      }
    }
  } catch {
    yield signal.aborted ? { outcome: 'cancelled' } : { outcome: 'unreachable', trouble: { kind: 'cutOff', address } };
    return;
  }
  if (signal.aborted) yield { outcome: 'cancelled' };
  else if (rest.trim() === '') yield { outcome: 'ended' };
  else yield { outcome: 'unreachable', trouble: { kind: 'cutOff', address } };
}

/** Undefined for a line that is no event. */
function readEvent(line: string, secrets: readonly Secret[]): WatchItem | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { type, object } = record(parsed);
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
    case 'BOOKMARK':
      return { outcome: 'event', type, object };
    case 'ERROR': {
      // A resource version that is too old comes with status 200 and a Status of 410 in the stream.
      const { code } = record(object);
      return refusal(typeof code === 'number' ? code : 500, object, [], secrets);
    }
    default:
      return undefined;
  }
}
