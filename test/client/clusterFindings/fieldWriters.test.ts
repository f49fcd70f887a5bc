// Who set the field of a finding: what is asked of the cluster for it, and how often.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';
import { ClusterModel } from '../../../client/src/clusterFindings/clusterModel.ts';
import { FieldWriters } from '../../../client/src/clusterFindings/fieldWriters.ts';
import type { ReadObjectResult } from '../../../client/src/clusterFindings/spoken.ts';
import type { ReadObjectParams } from '../../../server/src/cluster/protocol/index.ts';
import { clusterReport, contextList, liveFinding, scanned } from './sampleReport.ts';

const { path } = liveFinding();
const recorded = {
  manager: 'kubectl-edit',
  operation: 'Update',
  apiVersion: 'apps/v1',
  time: '2026-11-03T15:04:00Z',
  fields: [['spec', 'replicas'], path],
} as const;
const answer: ReadObjectResult = { kind: 'object', yaml: '', writers: [], writer: recorded, declaredBy: {} };
const secret = liveFinding({
  object: { group: '', version: 'v1', kind: 'Secret', namespace: 'shop', name: 'tls' },
  fingerprint: 'secret',
});
const deeper = liveFinding({ path: [...path, 'image'], fingerprint: 'deeper' });
const whole = liveFinding({ path: [], fingerprint: 'whole' });
const report = clusterReport({ findings: [liveFinding(), secret, deeper, whole] });

function asking(answers: readonly ReadObjectResult[] = []) {
  const model = new ClusterModel();
  model.listed(contextList('prod'));
  model.scanEnded('prod', scanned(report));
  const asked: ReadObjectParams[] = [];
  const tokens: CancellationToken[] = [];
  const writers = new FieldWriters(model, async (params, token) => {
    asked.push(params);
    tokens.push(token);
    return answers[asked.length - 1] ?? answer;
  });
  const { token } = new CancellationTokenSource();
  const writerOf = (key: string) => {
    const finding = model.stateOf('prod').scanned?.findings.find((one) => one.key === key);
    assert.ok(finding !== undefined);
    return writers.lastWriter('prod', finding, token);
  };
  return { model, asked, tokens, token, writerOf };
}
const { fingerprint } = liveFinding();

describe('who set a field', () => {
  test('is asked for once, and again after the next scan', async () => {
    const { model, asked, tokens, token, writerOf } = asking();
    const { manager, operation, time } = recorded;
    assert.deepEqual(await writerOf(fingerprint), { manager, operation, time, isOfField: true });
    assert.deepEqual(await writerOf(fingerprint), { manager, operation, time, isOfField: true });
    assert.deepEqual(asked, [{ contextName: 'prod', object: liveFinding().object, path }]);
    assert.deepEqual(tokens, [token], 'whoever looks away ends the question');
    model.scanEnded('prod', scanned(clusterReport({ ...report })));
    await writerOf(fingerprint);
    assert.equal(asked.length, 2);
  });

  test('may be who set what the field would stand in', async () => {
    const { writerOf } = asking();
    assert.equal((await writerOf('deeper'))?.isOfField, false);
  });

  test('is remembered to be unknown, but not that the cluster did not answer', async () => {
    const { writer: _, ...silent } = answer;
    const { asked, writerOf } = asking([{ kind: 'trouble', message: 'No answer.' }, silent]);
    for (let times = 0; times < 3; times++) assert.equal(await writerOf(fingerprint), undefined);
    assert.equal(asked.length, 2);
  });

  test('is not worth reading a Secret, nor asked for where a finding has no field', async () => {
    const { asked, writerOf } = asking();
    assert.equal(await writerOf('secret'), undefined);
    assert.equal(await writerOf('whole'), undefined);
    assert.deepEqual(asked, []);
  });
});
