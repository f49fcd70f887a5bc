// What changed since a scan: from where the lists ended, across pauses, and with no number that is a lie.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { changeMark, objectKey } from '../../../server/src/cluster/collection/changeMark.ts';
import { collectedKinds } from '../../../server/src/cluster/collection/collectedKinds.ts';
import { ChangeCount, type Changes, type ReadList, type WatchTiming } from '../../../server/src/cluster/index.ts';
import { connectTo, fakeServer } from '../connectTo.ts';
import type { FakeApiServer, Reply, SeenRequest } from '../fakeApiServer.ts';

const timing: WatchTiming = { firstPause: 10, longestPause: 20, turn: 100 };
const cronJobs = '/apis/batch/v1/cronjobs';
const deployments = '/apis/apps/v1/deployments';

function list(resource: string, path: string, resourceVersion = '7', objects: readonly unknown[] = []): ReadList {
  const marks = new Map(objects.map((object) => [objectKey(object), changeMark(object) ?? '']));
  const kind = collectedKinds.find((one) => one.resource === resource);
  assert.ok(kind !== undefined);
  return { kind, path, resourceVersion, marks };
}

const event = (type: string, name: string, resourceVersion: string) =>
  `${JSON.stringify({ type, object: { metadata: { name, namespace: 'shop', resourceVersion } } })}\n`;
const expired = `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old' } })}\n`;
const stream = (...parts: readonly string[]): Reply => ({ kind: 'parts', parts, everyMs: 1, end: 'stay' });

interface Watched {
  readonly server: FakeApiServer;
  readonly told: readonly Changes[];
  /** Watches until `isEnough`, then looks away. */
  until(isEnough: () => boolean): Promise<void>;
  /** What watches were asked for: path and resource version. */
  asked(): readonly string[];
}

async function watched(
  test: TestContext,
  lists: readonly ReadList[],
  reply: (request: SeenRequest, count: number) => Reply,
  turn = timing.turn,
): Promise<Watched> {
  const server = await fakeServer(test, reply);
  const told: Changes[] = [];
  const count = new ChangeCount(await connectTo(test, server), lists, (changes) => told.push(changes), {
    ...timing,
    turn,
  });
  return {
    server,
    told,
    async until(isEnough) {
      const looking = new AbortController();
      count.watch(looking.signal);
      try {
        for (const end = Date.now() + 10_000; !isEnough(); ) {
          assert.ok(Date.now() < end, `waited in vain; told ${JSON.stringify(told)}`);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      } finally {
        looking.abort();
      }
    },
    asked: () =>
      server.seen
        .filter(({ path }) => path.includes('watch=true'))
        .map(({ path }) => {
          const { pathname, searchParams } = new URL(path, server.url);
          return `${pathname} ${searchParams.get('resourceVersion')}`;
        }),
  };
}

test('every list of a kind that goes stale is watched from its own version, in its own namespace', async (t) => {
  const inShop = '/apis/apps/v1/namespaces/shop/deployments';
  const lists = [
    list('deployments', inShop, '3'),
    list('cronjobs', cronJobs, '5'),
    list('pods', '/api/v1/pods', '6'),
    list('configmaps', '/api/v1/configmaps', '6'),
  ];
  const { until, asked } = await watched(t, lists, () => ({ kind: 'hang' }));
  await until(() => asked().length === 2);
  assert.deepEqual([...asked()].sort(), [`${inShop} 3`, `${cronJobs} 5`]);
});

test('objects are counted and not events, and whoever looks again misses nothing', async (t) => {
  const replies = [
    stream(event('MODIFIED', 'web', '8'), event('MODIFIED', 'web', '9'), event('ADDED', 'api', '10')),
    stream(event('DELETED', 'web', '11'), event('DELETED', 'db', '12')),
  ];
  const { told, until, asked } = await watched(
    t,
    [list('deployments', deployments)],
    () => replies.shift() ?? stream(),
  );
  await until(() => told.at(-1)?.count === 2);
  await until(() => told.at(-1)?.count === 3);
  assert.ok(told.every(({ isComplete }) => isComplete));
  assert.deepEqual(asked(), [`${deployments} 7`, `${deployments} 10`]);
});

test('what the cluster notes of an object is no change of it, what somebody sets is', async (t) => {
  const object = (name: string, metadata: object) => ({ metadata: { name, namespace: 'shop', ...metadata } });
  const names = ['noted', 'specified', 'labelled', 'annotated', 'deleted'];
  const read = names.map((name) => object(name, { generation: 3, labels: { app: name } }));
  const changes: readonly (readonly [string, string, object])[] = [
    ['MODIFIED', 'noted', { generation: 3, labels: { app: 'noted' }, resourceVersion: '8' }],
    ['MODIFIED', 'specified', { generation: 4, labels: { app: 'specified' } }],
    ['MODIFIED', 'labelled', { generation: 3, labels: { app: 'other' } }],
    ['MODIFIED', 'annotated', { generation: 3, labels: { app: 'annotated' }, annotations: { a: 'b' } }],
    ['DELETED', 'deleted', { generation: 3, labels: { app: 'deleted' } }],
  ];
  const events = changes.map(
    ([type, name, metadata]) => `${JSON.stringify({ type, object: object(name, metadata) })}\n`,
  );
  const lists = [list('deployments', deployments, '7', read)];
  const { told, until } = await watched(t, lists, () => stream(events.join('')));
  await until(() => told.at(-1)?.count === 4);
  assert.deepEqual(
    told.map(({ count }) => count),
    [1, 2, 3, 4],
  );
});

test('a bookmark alone says how far it is known that nothing happened', async (t) => {
  const ended: Reply = { kind: 'parts', parts: [event('BOOKMARK', '', '20')], everyMs: 1 };
  const { told, until, asked } = await watched(t, [list('deployments', deployments)], (_request, count) =>
    count === 1 ? ended : { kind: 'hang' },
  );
  await until(() => asked().length === 2);
  assert.deepEqual(asked(), [`${deployments} 7`, `${deployments} 20`]);
  assert.deepEqual(told, []);
});

test('a version that the server has forgotten makes the count incomplete, and what follows is counted', async (t) => {
  const replies: readonly Reply[] = [
    stream(expired),
    { kind: 'json', body: { metadata: { resourceVersion: '50' } } },
    stream(event('MODIFIED', 'web', '51')),
  ];
  const { told, until, asked } = await watched(
    t,
    [list('deployments', deployments)],
    (_request, count) => replies[count - 1] ?? { kind: 'hang' },
  );
  await until(() => told.length === 2);
  assert.deepEqual(told, [
    { count: 0, isComplete: false },
    { count: 1, isComplete: false },
  ]);
  assert.deepEqual(asked(), [`${deployments} 7`, `${deployments} 50`]);
});

test('what may not be watched is not asked for again, and spoils nothing', async (t) => {
  const lists = [list('deployments', deployments), list('cronjobs', cronJobs)];
  const { told, until, asked } = await watched(t, lists, ({ path }) =>
    path.startsWith(cronJobs) ? { kind: 'status', code: 403, message: 'no' } : stream(event('ADDED', 'web', '8')),
  );
  await until(() => told.length === 1);
  const countOf = (path: string) => asked().filter((one) => one.startsWith(path)).length;
  // Whoever looks away before the refusal has arrived has to ask again.
  for (let looks = 0, before = -1; before !== countOf(cronJobs); looks++) {
    assert.ok(looks < 20, 'it is asked for whenever somebody looks');
    before = countOf(cronJobs);
    const watches = countOf(deployments);
    await until(() => countOf(deployments) > watches);
  }
  assert.equal(told.length, 1);
});

test('a server that breaks off is asked again, from where it broke off', async (t) => {
  const broken: Reply = { kind: 'parts', parts: [event('ADDED', 'web', '8')], everyMs: 1, end: 'break' };
  const { told, until, asked } = await watched(t, [list('deployments', deployments)], (_request, count) =>
    count === 1 ? broken : stream(event('ADDED', 'api', '9')),
  );
  await until(() => told.at(-1)?.count === 2);
  assert.deepEqual(asked(), [`${deployments} 7`, `${deployments} 8`]);
});

test('more lists than connections take turns, and none is missed', async (t) => {
  const paths = Array.from({ length: 40 }, (_, index) => `/apis/apps/v1/namespaces/n${index}/deployments`);
  const lists = paths.map((path) => list('deployments', path));
  const reply = ({ path }: SeenRequest) => {
    assert.match(path, /timeoutSeconds=1(&|$)/);
    const isLast = path.startsWith(paths.at(-1) ?? '');
    // As a server that knows no such limit.
    return stream(...(isLast ? [event('ADDED', 'web', '8')] : []));
  };
  const { server, told, until } = await watched(t, lists, reply, 1000);
  await until(() => told.length === 1);
  assert.ok(server.connections.most <= 16, `${server.connections.most} connections at once`);
  for (const path of paths.slice(0, 32))
    assert.ok(
      server.seen.some((request) => request.path.startsWith(path)),
      path,
    );
});
