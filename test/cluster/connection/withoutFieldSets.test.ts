// Lists lose the field sets of managedFields before they are parsed; everything else of them must stay as it came.

import assert from 'node:assert/strict';
import test from 'node:test';
import { withoutFieldSets } from '../../../server/src/cluster/connection/transport/withoutFieldSets.ts';
import { connectTo, fakeServer } from '../connectTo.ts';

const managed = [{ manager: 'kubectl', fieldsV1: { 'f:spec': { 'k:{"name":"}}"{"}': { '.': {} }, '{': ['"'] } } }];
const emptySets = [{ manager: 'kubectl', fieldsV1: {} }];

function emptied(value: unknown): unknown {
  return JSON.parse(withoutFieldSets(Buffer.from(JSON.stringify(value))).toString());
}

test('only the sets go', () => {
  const object = { metadata: { name: 'ü', managedFields: managed, labels: { a: '{' } }, spec: [1] };
  const expected = { metadata: { name: 'ü', managedFields: emptySets, labels: { a: '{' } }, spec: [1] };
  assert.deepEqual(emptied({ items: [object, { metadata: {} }, object] }), {
    items: [expected, { metadata: {} }, expected],
  });
});

test('text that only looks like them stays', () => {
  const values = [
    { data: { text: '"fieldsV1":{"a":1}' } },
    { 'x"fieldsV1': { a: 1 } },
    { fieldsV1: null },
    { fieldsV1: [1] },
    { list: ['fieldsV1', { a: 1 }] },
    [],
  ];
  for (const value of values) assert.deepEqual(emptied(value), value);
});

test('what is no whole JSON comes back as it is', () => {
  const texts = ['', 'Not found', '{"fieldsV1":{', '{"fieldsV1":{{"a":"b', '{"fieldsV1":{"\\'];
  for (const text of texts) assert.equal(withoutFieldSets(Buffer.from(text)).toString(), text);
});

test('a client empties them only where it is told to', async (t) => {
  const body = { items: [{ metadata: { managedFields: managed } }] };
  const server = await fakeServer(t, () => ({ kind: 'json', body }));
  const client = await connectTo(t, server);
  const whole = await client.request({ path: '/api/v1/pods' });
  assert.deepEqual(whole.outcome === 'answered' && whole.body, body);
  const less = await client.request({ path: '/api/v1/pods', emptiesFieldSets: true });
  assert.deepEqual(less.outcome === 'answered' && less.body, { items: [{ metadata: { managedFields: emptySets } }] });
});
