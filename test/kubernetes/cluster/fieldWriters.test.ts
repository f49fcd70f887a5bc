// Who wrote which field of a live object, by its managedFields.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldWriters, writerOf } from '../../../server/src/kubernetes/index.ts';

const object = {
  metadata: {
    managedFields: [
      {
        manager: 'helm',
        operation: 'Update',
        apiVersion: 'apps/v1',
        time: '2026-01-01T00:00:00Z',
        fieldsV1: {
          'f:metadata': { 'f:finalizers': { '.': {}, 'v:"keep"': {} } },
          'f:spec': {
            'f:replicas': {},
            'f:containers': {
              'k:{"name":"web"}': {
                '.': {},
                'f:image': {},
                'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {} } },
              },
              'k:{"name":"gone"}': { '.': {}, 'f:image': {} },
            },
          },
        },
      },
      {
        manager: 'kubectl-edit',
        operation: 'Update',
        apiVersion: 'apps/v1',
        time: '2026-02-01T00:00:00Z',
        fieldsV1: {
          'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:securityContext': { 'f:privileged': {} } } } },
        },
      },
      { manager: 'kubelet', operation: 'Update', subresource: 'status', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
    ],
    finalizers: ['other', 'keep'],
  },
  spec: {
    replicas: 2,
    containers: [
      { name: 'proxy' },
      { name: 'web', image: 'nginx', ports: [{ containerPort: 80 }], securityContext: { privileged: true } },
    ],
  },
};

test('fields are told from their paths, items of lists by their keys', () => {
  const writers = fieldWriters(object);
  assert.deepEqual(
    writers.map(({ manager, time }) => [manager, time]),
    [
      ['kubectl-edit', '2026-02-01T00:00:00Z'],
      ['helm', '2026-01-01T00:00:00Z'],
    ],
    'the latest first, without the status',
  );
  const who = (...path: readonly (string | number)[]) => writerOf(writers, path)?.manager;
  assert.equal(who('spec', 'replicas'), 'helm');
  assert.equal(who('spec', 'containers', 1, 'securityContext', 'privileged'), 'kubectl-edit');
  assert.equal(who('spec', 'containers', 1, 'ports', 0), 'helm');
  assert.equal(who('spec', 'containers', 1, 'ports', 0, 'hostPort'), 'helm', 'of the item that it lies in');
  assert.equal(who('metadata', 'finalizers', 1), 'helm');
  assert.equal(who('spec', 'containers', 0), undefined);
  assert.ok(!writers.some(({ fields }) => fields.some((path) => path.includes('gone') || path.includes(2))));
});

test('nothing is expected of an object', () => {
  for (const managedFields of [undefined, 'x', [3], [{ manager: 4, fieldsV1: { 'k:{': {}, 'i:x': {}, 'z:': {} } }]]) {
    assert.ok(Array.isArray(fieldWriters({ metadata: { managedFields } })));
  }
});
