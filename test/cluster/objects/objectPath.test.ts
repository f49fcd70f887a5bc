// What is not served is told from what could not be asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dryRun, readObject } from '../../../server/src/cluster/index.ts';
import { inEnglish } from '../../../server/src/sentences/index.ts';
import { spoken } from '../../support/spoken.ts';
import { refused, stubClient } from '../stubClient.ts';

const identity = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };

test('a kind that the cluster does not serve', async () => {
  const client = stubClient({ lists: { '/api/v1/pods': [] } });
  const message = 'This cluster does not serve Deployment in apps/v1.';
  assert.deepEqual(spoken(await readObject(client, identity)), { kind: 'trouble', message });
  const result = await dryRun(client, [{ documentIndex: 0, object }]);
  assert.ok(result.kind === 'verdicts');
  assert.deepEqual(spoken(result.verdicts[0]?.causes), [{ path: ['apiVersion'], message }]);
});

test('a cluster that does not tell what it serves', async () => {
  const client = stubClient({ answers: { '/apis': () => refused(500, 'serverError', { message: 'etcd is down' }) } });
  for (const result of [await readObject(client, identity), await dryRun(client, [{ documentIndex: 0, object }])]) {
    assert.ok(result.kind === 'trouble');
    assert.match(inEnglish(result.message), /^Reading the list of APIs failed/);
  }
});
