// What the user may list is asked of the server, each question once, and of a namespace once for all kinds.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Access } from '../../server/src/cluster/collection/access.ts';
import type { ClusterAnswer } from '../../server/src/cluster/index.ts';
import { answered, refused, type StubClient, stubClient } from './stubClient.ts';

const deployments = { group: 'apps', resource: 'deployments' };
const pods = { group: '', resource: 'pods' };

function accessOf(rules: ClusterAnswer): { readonly access: Access; readonly client: StubClient } {
  const client = stubClient({
    answers: { '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews': () => rules },
    mayList: (resource) => resource === 'pods',
  });
  return { access: new Access(client, new AbortController().signal), client };
}

const rulesOf = (...resourceRules: readonly object[]) => answered({ status: { resourceRules, incomplete: false } });

test('a question about the whole cluster is asked once', async () => {
  const { access, client } = accessOf(rulesOf());
  const answers = await Promise.all([pods, pods, deployments].map((kind) => access.mayListEverywhere(kind)));
  assert.deepEqual(answers, [true, true, false]);
  assert.equal(client.asked.length, 2);
});

describe('in a namespace', () => {
  test('one question tells of all kinds', async () => {
    const { access, client } = accessOf(
      rulesOf(
        { verbs: ['get', 'list'], apiGroups: ['apps'], resources: ['deployments'] },
        { verbs: ['get'], apiGroups: [''], resources: ['pods'] },
      ),
    );
    assert.equal(await access.mayListIn('shop', deployments), true);
    assert.equal(await access.mayListIn('shop', pods), false);
    assert.equal(client.asked.length, 1);
  });

  test('stars allow, and rules with names do not', async () => {
    const all = accessOf(rulesOf({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] })).access;
    assert.equal(await all.mayListIn('shop', pods), true);
    const named = { verbs: ['list'], apiGroups: [''], resources: ['pods'], resourceNames: ['web'] };
    assert.equal(await accessOf(rulesOf(named)).access.mayListIn('shop', pods), false);
    const other = { verbs: ['list'], apiGroups: ['apps'], resources: ['pods', 'deployments/status'] };
    assert.equal(await accessOf(rulesOf(other)).access.mayListIn('shop', pods), false);
    assert.equal(await accessOf(rulesOf(other)).access.mayListIn('shop', deployments), false);
  });

  test('a server that does not know all rules, or does not tell them, is asked about each kind', async () => {
    const incomplete = answered({ status: { resourceRules: [], incomplete: true } });
    for (const rules of [incomplete, refused(404, 'notFound'), answered({ status: {} })]) {
      const { access, client } = accessOf(rules);
      assert.equal(await access.mayListIn('shop', pods), true);
      assert.equal(await access.mayListIn('shop', deployments), false);
      assert.equal(client.asked.length, 3);
    }
  });
});
