// What becomes of a cluster's verdicts in the document that was sent. Without VS Code.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dryRunProblems, dryRunTally } from '../../../client/src/clusterFindings/dryRunProblems.ts';
import type { DryRunVerdict } from '../../../client/src/clusterFindings/spoken.ts';
import type { DocumentObject } from '../../../server/src/language/protocol/index.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const sent: readonly DocumentObject[] = [
  { documentIndex: 0, path: [], range, name: 'Pod a', object: {} },
  { documentIndex: 2, path: ['items', 1], range, name: 'Pod b', object: {} },
];
const object = { group: '', version: 'v1', kind: 'Pod', namespace: 'shop', name: 'a' };
const verdicts: readonly DryRunVerdict[] = [
  { documentIndex: 0, object, outcome: 'admitted', causes: [], warnings: ['deprecated'] },
  {
    documentIndex: 1,
    object,
    outcome: 'denied',
    causes: [
      { path: ['spec', 'hostPID'], message: 'no host' },
      { path: [], message: 'no at all' },
    ],
    warnings: [],
  },
  { documentIndex: 0, object, outcome: 'notAsked', causes: [{ path: [], message: 'cannot patch' }], warnings: [] },
  { documentIndex: 7, object, outcome: 'denied', causes: [{ path: [], message: 'of nothing' }], warnings: [] },
];

test('each cause and warning goes to its place, from the root of the YAML document on', () => {
  assert.deepEqual(
    dryRunProblems(sent, verdicts).map(({ object, path, message, severity }) => [object.name, path, message, severity]),
    [
      ['Pod a', undefined, 'deprecated', 'warning'],
      ['Pod b', ['items', 1, 'spec', 'hostPID'], 'no host', 'error'],
      ['Pod b', undefined, 'no at all', 'error'],
      ['Pod a', undefined, 'cannot patch', 'information'],
    ],
  );
});

test('verdicts are counted', () => {
  assert.deepEqual(dryRunTally(verdicts), { admitted: 1, denied: 2, notAsked: 1 });
});
