import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roleRulesOf } from '../../../server/src/kubernetes/index.ts';
import { resourceIn } from '../reading.ts';

test('reads the rules of Roles and ClusterRoles of any version', () => {
  for (const type of [
    'rbac.authorization.k8s.io/v1\nkind: Role',
    'rbac.authorization.k8s.io/v1beta1\nkind: ClusterRole',
  ]) {
    const rules = roleRulesOf(
      resourceIn(
        `apiVersion: ${type}\nrules:\n- {verbs: [get], resources: [pods], apiGroups: [""]}\n- ~\n- {verbs: ["*"]}\n`,
      ),
    );
    assert.deepEqual(
      rules.map(({ verbs }) => verbs.toJson()),
      [['get'], ['*']],
    );
    assert.equal(rules[1]?.resources.isMissing, true);
  }
});

test('no other kind has role rules', () => {
  assert.deepEqual(roleRulesOf(resourceIn('apiVersion: example.com/v1\nkind: Role\nrules: [{verbs: [get]}]\n')), []);
});
