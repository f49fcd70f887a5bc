// Where a server-side apply says that a field is unknown.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undeclaredFields } from '../../../server/src/cluster/objects/undeclaredFields.ts';

const object = {
  spec: {
    containers: [
      { name: 'side', ports: [{ containerPort: 80 }] },
      { name: 'web', ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP', hostIp: 'x' }] },
    ],
  },
};
const paths = (message: string) => undeclaredFields(message, object).map(({ path }) => path.join('/'));

test('a field is found by the path that the message names', () => {
  const start = 'failed to create typed patch object (shop/web; /v1, Kind=Pod): ';
  const cases = [
    ['.datas: field not declared in schema', ['datas']],
    ['.spec.hostPid: field not declared in schema', ['spec/hostPid']],
    ['.spec.containers[name="web"].privileged: field not declared in schema', ['spec/containers/1/privileged']],
    ['.spec.containers[0].privileged: field not declared in schema', ['spec/containers/0/privileged']],
    [
      '.spec.containers[name="web"].ports[containerPort=80,protocol="UDP"].hostIp: field not declared in schema',
      ['spec/containers/1/ports/1/hostIp'],
    ],
    [
      '.spec.containers[name="side"].ports[containerPort=80,protocol="TCP"].hostIp: field not declared in schema',
      ['spec/containers/0/ports/0/hostIp'],
    ],
    ['.spec.containers[name="gone"].privileged: field not declared in schema', ['spec/containers']],
    [
      'errors: .spec.a: field not declared in schema .spec.containers[name="web"].b: field not declared in schema',
      ['spec/a', 'spec/containers/1/b'],
    ],
    ['pods "web" is forbidden: no', []],
  ] as const;
  for (const [message, expected] of cases) assert.deepEqual(paths(start + message), expected, message);
});

test('the message of each is its own', () => {
  assert.deepEqual(
    undeclaredFields('errors: .a: field not declared in schema .b: field not declared in schema', {}).map(
      ({ message }) => message,
    ),
    ['.a: field not declared in schema', '.b: field not declared in schema'],
  );
});
