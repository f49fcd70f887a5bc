// Lists are taken apart while they arrive: whatever the pieces, the items are those of the JSON, without field sets.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ListBody } from '../../../server/src/cluster/connection/transport/listBody.ts';
import { connectTo, fakeServer } from '../connectTo.ts';

const managed = [{ manager: 'kubectl', fieldsV1: { 'f:spec': { 'k:{"name":"}}"{"}': { '.': {} }, '{': ['"'] } } }];
const emptySets = [{ manager: 'kubectl', fieldsV1: {} }];

interface Read {
  readonly items: readonly unknown[];
  readonly tokens: readonly string[];
  readonly rest: string;
}

/** @param cuts where one piece ends and the next begins */
function read(text: string, cuts: readonly number[] = []): Read {
  const items: unknown[] = [];
  const tokens: string[] = [];
  const body = new ListBody({ item: (item) => items.push(item), continueToken: (token) => tokens.push(token) });
  const json = Buffer.from(text);
  const ends = [...cuts.map((cut) => cut % (json.length + 1)), json.length].sort((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    body.read(json.subarray(start, end));
    start = end;
  }
  return { items, tokens, rest: body.rest() };
}

const listOf = (items: readonly unknown[], metadata: object = { resourceVersion: '7' }) => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata,
  items,
});

describe('the items of a list', () => {
  test('are given away without the sets of fields, and the list is left', () => {
    const object = { metadata: { name: 'ü', managedFields: managed, labels: { a: '{' } }, spec: [1] };
    const expected = { metadata: { name: 'ü', managedFields: emptySets, labels: { a: '{' } }, spec: [1] };
    const { items, rest } = read(JSON.stringify(listOf([object, { metadata: {} }, object])));
    assert.deepEqual(items, [expected, { metadata: {} }, expected]);
    assert.deepEqual(JSON.parse(rest), listOf([]));
  });

  test('keep text that only looks like sets of fields', () => {
    const values = [
      { data: { text: '"fieldsV1":{"a":1}' } },
      { 'x"fieldsV1': { a: 1 } },
      { fieldsV1: null },
      { fieldsV1: [1] },
      { list: ['fieldsV1', { a: 1 }] },
      {},
    ];
    assert.deepEqual(read(JSON.stringify(listOf(values))).items, values);
  });

  test('are the same however the list is cut into pieces', () => {
    const key = fc.oneof(fc.constantFrom('fieldsV1', 'items', 'metadata', 'a"b', '\\'), fc.string());
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary' }),
        fc.constantFrom('"items":[', '{', ']', '"fieldsV1":{'),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(key, tie('any')),
      ),
    })).any;
    const item = fc.dictionary(key, value);
    const cuts = fc.array(fc.nat(5000));
    fc.assert(
      fc.property(fc.array(item), fc.dictionary(key, value), cuts, (items, more, cuts) => {
        const { items: _, ...metadata } = more;
        const text = JSON.stringify(listOf(items, metadata));
        const { items: found, rest } = read(text, cuts);
        assert.deepEqual(found, JSON.parse(JSON.stringify(items, withoutSets)));
        assert.deepEqual(JSON.parse(rest), JSON.parse(JSON.stringify(listOf([], metadata))));
      }),
    );
  });

  test('are found as well where the list begins with them', () => {
    const { items, tokens, rest } = read(JSON.stringify({ items: [{ a: 1 }], kind: 'L', metadata: { continue: 'x' } }));
    assert.deepEqual(items, [{ a: 1 }]);
    assert.deepEqual(tokens, []);
    assert.deepEqual(JSON.parse(rest), { items: [], kind: 'L', metadata: { continue: 'x' } });
  });
});

function withoutSets(key: string, value: unknown): unknown {
  return key === 'fieldsV1' && typeof value === 'object' && value !== null && !Array.isArray(value) ? {} : value;
}

test('where a list goes on is told before its items have come', () => {
  const text = JSON.stringify(listOf([{ a: 1 }], { resourceVersion: '7', continue: 'next', remainingItemCount: 3 }));
  const half = text.slice(0, text.indexOf('{"a"'));
  assert.deepEqual(read(half), { items: [], tokens: ['next'], rest: half });
  assert.deepEqual(read(JSON.stringify(listOf([], { continue: '' }))).tokens, []);
});

describe('what is left as it is', () => {
  const texts = [
    '',
    'Not found',
    '"',
    '{"kind":"Status","message":"items","details":{"items":[{"a":1}]}}',
    '{"items":null}',
    '{"items": [{"a":1}]}',
    '{"items":[1,2]}',
    '{"items":[{"fieldsV1":{',
    '{"items":[{"fieldsV1":{{"a":"b',
    '{"items":[{"\\',
    '{"items":[{]}',
    '{"items":[{a}]}',
  ];
  for (const text of texts) {
    test(text, () => {
      assert.deepEqual(read(text), { items: [], tokens: [], rest: text });
      const everywhere = Array.from(text, (_, index) => index);
      assert.deepEqual(read(text, everywhere), { items: [], tokens: [], rest: text });
    });
  }

  test('an item behind others that breaks off makes the rest no JSON', () => {
    const { items, rest } = read('{"items":[{"a":1},{"b":');
    assert.deepEqual(items, [{ a: 1 }]);
    assert.throws(() => JSON.parse(rest));
  });
});

test('a client gives items away only where it is told to', async (t) => {
  const body = { kind: 'PodList', metadata: { continue: 'more' }, items: [{ metadata: { managedFields: managed } }] };
  const server = await fakeServer(t, () => ({ kind: 'json', body }));
  const client = await connectTo(t, server);
  const whole = await client.request({ path: '/api/v1/pods' });
  assert.deepEqual(whole.outcome === 'answered' && whole.body, body);
  const told: unknown[] = [];
  const list = { item: (item: unknown) => told.push(item), continueToken: (token: string) => told.push(token) };
  const less = await client.request({ path: '/api/v1/pods', list });
  assert.deepEqual(less.outcome === 'answered' && less.body, { ...body, items: [] });
  assert.deepEqual(told, ['more', { metadata: { managedFields: emptySets } }]);
});
