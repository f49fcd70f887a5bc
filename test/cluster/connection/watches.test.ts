// Watches: events as they come, and at last why it ended.

import assert from 'node:assert/strict';
import test from 'node:test';
import { allItems, connectTo, fakeServer, said } from '../connectTo.ts';

const path = '/api/v1/pods?watch=true&resourceVersion=7';
const event = (type: string, name: string) => ({ type, object: { metadata: { name } } });
const line = (type: string, name: string) => `${JSON.stringify(event(type, name))}\n`;

test('events come as raw JSON, however they are cut', async (t) => {
  const text = line('ADDED', 'ä') + line('MODIFIED', 'b') + line('BOOKMARK', 'c') + line('DELETED', 'd');
  const bytes = Buffer.from(text, 'utf8');
  // In the middle of a letter of two bytes.
  const cut = bytes.indexOf('ä') + 1;
  const server = await fakeServer(t, () => ({
    kind: 'parts',
    parts: [bytes.subarray(0, cut), bytes.subarray(cut, cut + 30), bytes.subarray(cut + 30)],
    everyMs: 30,
  }));
  const client = await connectTo(t, server);
  assert.deepEqual(await allItems(client.watch({ path })), [
    { outcome: 'event', ...event('ADDED', 'ä') },
    { outcome: 'event', ...event('MODIFIED', 'b') },
    { outcome: 'event', ...event('BOOKMARK', 'c') },
    { outcome: 'event', ...event('DELETED', 'd') },
    { outcome: 'ended' },
  ]);
  assert.equal(server.seen[0]?.path, path);
  assert.equal(client.statistics.bytes, bytes.length);
});

test('a quiet watch is no failure', async (t) => {
  const parts = [line('ADDED', 'a'), '', '', '', line('ADDED', 'b')];
  const server = await fakeServer(t, () => ({ kind: 'parts', parts, everyMs: 500 }));
  const client = await connectTo(t, server, { timing: { requestMs: 1500 } });
  assert.deepEqual(
    (await allItems(client.watch({ path }))).map(({ outcome }) => outcome),
    ['event', 'event', 'ended'],
  );
});

test('a resource version that is too old comes inside the stream', async (t) => {
  const expired = { type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old resource version' } };
  const parts = [line('ADDED', 'a'), `${JSON.stringify(expired)}\n`];
  const server = await fakeServer(t, () => ({ kind: 'parts', parts, everyMs: 1, end: 'stay' }));
  const client = await connectTo(t, server);
  const last = (await allItems(client.watch({ path }))).at(-1);
  assert.equal(last?.outcome === 'refused' && last.reason, 'gone');
});

test('a watch that may not be opened, breaks off, or is none', async (t) => {
  const endings = [
    [{ kind: 'status', code: 403, message: 'no' }, 'The cluster does not allow this (403). no'],
    [{ kind: 'parts', parts: [line('ADDED', 'a')], everyMs: 20, end: 'break' }, 'The answer of ADDRESS broke off.'],
    [{ kind: 'parts', parts: ['{"type":"ADDED","obj'], everyMs: 1 }, 'The answer of ADDRESS broke off.'],
    [{ kind: 'parts', parts: ['hello\n'], everyMs: 1 }, 'The answer of ADDRESS broke off.'],
    [
      { kind: 'text', text: '<html>', type: 'text/html' },
      'What answers at ADDRESS is no Kubernetes API server (it sent text/html).',
    ],
    [{ kind: 'reset' }, 'The connection to ADDRESS broke (ECONNRESET).'],
  ] as const;
  for (const [reply, sentence] of endings) {
    const server = await fakeServer(t, () => reply);
    const client = await connectTo(t, server);
    const last = (await allItems(client.watch({ path }))).at(-1);
    assert.equal(last && said(last), sentence.replace('ADDRESS', `127.0.0.1:${server.port}`));
  }
});

test('leaving the loop, cancelling and closing end the connection', async (t) => {
  const server = await fakeServer(t, () => ({
    kind: 'parts',
    parts: [line('ADDED', 'a')],
    everyMs: 1,
    end: 'stay',
  }));
  const isIdle = async () => {
    for (let count = 0; count < 100 && server.openConnections() > 0; count++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return server.openConnections() === 0;
  };
  const client = await connectTo(t, server);
  for await (const item of client.watch({ path })) {
    assert.equal(item.outcome, 'event');
    break;
  }
  assert.ok(await isIdle());
  const cancelled = await allItems(client.watch({ path, signal: AbortSignal.timeout(200) }));
  assert.deepEqual(cancelled.at(-1), { outcome: 'cancelled' });
  assert.ok(await isIdle());
  setTimeout(() => client.close(), 200);
  assert.deepEqual((await allItems(client.watch({ path }))).at(-1), { outcome: 'cancelled' });
  assert.ok(await isIdle());
});

test('watches leave the six connections to requests', async (t) => {
  const server = await fakeServer(t, ({ path: asked }) =>
    asked === path
      ? { kind: 'parts', parts: [line('ADDED', 'a')], everyMs: 1, end: 'stay' }
      : { kind: 'json', body: {} },
  );
  const client = await connectTo(t, server);
  const watches = Array.from({ length: 8 }, () => client.watch({ path })[Symbol.asyncIterator]());
  await Promise.all(watches.map((watch) => watch.next()));
  assert.equal(said(await client.request({ path: '/version' })), 'answered');
});

test('a watch renews credentials as a request does', async (t) => {
  const server = await fakeServer(t, () => ({ kind: 'status', code: 401, message: 'Unauthorized' }));
  const client = await connectTo(t, server);
  const items = await allItems(client.watch({ path }));
  assert.equal(items.length, 1);
  assert.equal(items[0]?.outcome === 'refused' && items[0].reason, 'unauthorized');
});
