// What rules are called in the tree.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RuleTitles } from '../../../client/src/clusterFindings/ruleTitles.ts';

test('a title is asked for once, and again where nobody answered', async () => {
  const asked: unknown[] = [];
  const answers: unknown[] = [null, { summary: 'Container is privileged' }];
  const titles = new RuleTitles({
    async request<Result>(_method: string, params: object): Promise<Result> {
      asked.push(params);
      if (asked.length === 1) throw new Error('The server is gone.');
      return answers[asked.length - 2] as Result;
    },
  });
  assert.equal(await titles.titleOf('pod/privileged'), undefined, 'no answer');
  assert.equal(await titles.titleOf('rbac/cluster-admins'), undefined, 'a check is no rule');
  assert.equal(await titles.titleOf('rbac/cluster-admins'), undefined);
  assert.equal(await titles.titleOf('pod/privileged'), 'Container is privileged');
  assert.equal(await titles.titleOf('pod/privileged'), 'Container is privileged');
  assert.deepEqual(asked, [
    { ruleId: 'pod/privileged' },
    { ruleId: 'rbac/cluster-admins' },
    { ruleId: 'pod/privileged' },
  ]);
});
