import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLabelSelector, selectorMatches, selectsEverything } from '../../../server/src/kubernetes/index.ts';
import { resourceIn } from '../reading.ts';

function selectorOf(text: string) {
  return readLabelSelector(resourceIn(`apiVersion: v1\nkind: X\nspec: {s: ${text}}\n`).spec.get('s'));
}

const cases: readonly (readonly [string, Readonly<Record<string, string>>, boolean])[] = [
  ['{}', { any: 'thing' }, true],
  ['~', {}, true],
  ['{matchLabels: {app: a}}', { app: 'a', tier: 'b' }, true],
  ['{matchLabels: {app: a}}', { app: 'b' }, false],
  ['{matchLabels: {toString: a}}', {}, false],
  ['{matchExpressions: [{key: app, operator: In, values: [a, b]}]}', { app: 'b' }, true],
  ['{matchExpressions: [{key: app, operator: In, values: [a, b]}]}', {}, false],
  ['{matchExpressions: [{key: app, operator: NotIn, values: [a]}]}', {}, true],
  ['{matchExpressions: [{key: app, operator: NotIn, values: [a]}]}', { app: 'a' }, false],
  ['{matchExpressions: [{key: app, operator: Exists}]}', { app: '' }, true],
  ['{matchExpressions: [{key: app, operator: DoesNotExist}]}', { app: '' }, false],
  ['{matchExpressions: [{key: app, operator: exists}]}', { app: '' }, false],
  ['{matchLabels: {app: a}, matchExpressions: [{key: b, operator: Exists}]}', { app: 'a' }, false],
];

for (const [selector, labels, expected] of cases) {
  test(`${selector} ${expected ? 'matches' : 'does not match'} ${JSON.stringify(labels)}`, () => {
    assert.equal(selectorMatches(selectorOf(selector), labels), expected);
  });
}

test('an empty selector selects everything, absent, null and {} alike', () => {
  for (const text of ['{}', '~', '{matchLabels: {}}', '{matchExpressions: []}', '{matchLabels: ~}']) {
    assert.equal(selectsEverything(selectorOf(text)), true, text);
  }
  assert.equal(selectsEverything(selectorOf('{matchExpressions: [{key: a, operator: Exists}]}')), false);
});
