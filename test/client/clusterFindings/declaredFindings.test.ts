// What the files of the workspace make of a report: the question, the answer, the tree. Without VS Code.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ClusterModel } from '../../../client/src/clusterFindings/clusterModel.ts';
import {
  childrenOf,
  declarationOf,
  rootsOf,
  type TreeOptions,
} from '../../../client/src/clusterFindings/clusterTree.ts';
import { declarationQuestion, declaredFindings } from '../../../client/src/clusterFindings/declaredFindings.ts';
import { type FindingFilter, noFilter } from '../../../client/src/clusterFindings/findingFilter.ts';
import { shownFindings } from '../../../client/src/clusterFindings/shownFinding.ts';
import type { FileFinding } from '../../../server/src/language/protocol/index.ts';
import { clusterReport, contextList, liveFinding, scanned } from './sampleReport.ts';

const identity = (name: string) => ({ group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name });
const range = { start: { line: 3, character: 8 }, end: { line: 3, character: 11 } };
const candidates = [{ uri: 'file:///k8s/web.yaml', range, confidence: 'certain', why: 'The same.' }] as const;
const inFile: FileFinding = {
  uri: 'file:///k8s/web.yaml',
  range,
  ruleId: 'pod/privileged',
  severity: 'error',
  message: 'Container "web" is privileged.',
};

const report = clusterReport({
  findings: [
    liveFinding(),
    liveFinding({ ruleId: 'pod/host-pid', fingerprint: 'b', path: ['spec'] }),
    liveFinding({ name: 'payment' }),
    liveFinding({ name: 'proxy', isSystem: true }),
  ],
  objects: [
    { identity: identity('payment') },
    { identity: identity('web'), declaredBy: { argoCd: { application: 'shop' } } },
    { identity: identity('calm') },
  ],
});
const findings = shownFindings(report);
const keyOf = (ruleId: string, name: string) =>
  findings.find((finding) => finding.ruleId === ruleId && finding.object?.name === name)?.key ?? '';

describe('the question', () => {
  const { objects, asked } = declarationQuestion(report, findings);

  test('holds every object that may have a file, with its findings and what deployed it', () => {
    assert.deepEqual(
      objects.map(({ name, hints, findings: [...found] }) => [name, hints, found.map(({ ruleId }) => ruleId).sort()]),
      [
        ['payment', undefined, ['pod/privileged']],
        ['web', { argoCd: { application: 'shop' } }, ['pod/host-pid', 'pod/privileged']],
        ['calm', undefined, []],
      ],
    );
    assert.deepEqual(
      asked.map(({ keys }) => keys.length),
      [1, 2, 0],
    );
  });

  test('says what each finding says, as the file would', () => {
    const [{ findings: [first] = [] } = {}] = objects;
    assert.deepEqual(first, {
      ruleId: 'pod/privileged',
      messageKey: 'privileged',
      args: { container: 'payment' },
      path: ['spec', 'template', 'spec', 'containers', 0],
    });
  });
});

describe('the answer', () => {
  const question = declarationQuestion(report, findings);
  const [, web] = question.asked;
  const both = web?.keys.indexOf(keyOf('pod/privileged', 'web'));
  const answer = declaredFindings(question, {
    objects: [
      {
        index: 1,
        candidates,
        findings: [0, 1].map((index) =>
          index === both ? { case: 'both', inFile, alsoIn: [] } : { case: 'fixedNotDeployed' },
        ),
        regressions: [],
      },
      { index: 2, candidates, findings: [], regressions: [{ ...inFile, ruleId: 'pod/host-network' }] },
    ],
  });
  const model = new ClusterModel();
  model.listed(contextList('prod'));
  model.scanEnded('prod', scanned(report));
  const options: TreeOptions = { grouping: 'workload', filter: noFilter, showsSystemObjects: true };
  const branches = () => rootsOf(model).flatMap((root) => childrenOf(root, model, options));

  test('says of each finding what the file says, and of the rest that no file has them', () => {
    const caseOf = (ruleId: string, name: string) => answer.states.get(keyOf(ruleId, name))?.state.case;
    assert.equal(caseOf('pod/privileged', 'web'), 'both');
    assert.equal(caseOf('pod/host-pid', 'web'), 'fixedNotDeployed');
    assert.equal(caseOf('pod/privileged', 'payment'), 'onlyLive');
    assert.equal(caseOf('pod/privileged', 'proxy'), undefined);
  });

  test('is silent where nothing in the workspace has to do with the cluster', () => {
    assert.equal(declaredFindings(question, { objects: [] }).states.size, 0);
  });

  test('is shown in the tree, what the next apply brings in a branch of its own', () => {
    assert.ok(branches().every((node) => node.kind !== 'branch' || node.branch !== 'regressions'));
    model.compared(report, answer);
    const branch = branches().find((node) => node.kind === 'branch' && node.branch === 'regressions');
    assert.ok(branch !== undefined);
    const [regression, ...more] = childrenOf(branch, model, options);
    assert.deepEqual(more, []);
    assert.ok(regression?.kind === 'regression');
    assert.equal(regression.regression.object.name, 'calm');

    const found = branches()
      .flatMap((node) => childrenOf(node, model, options))
      .flatMap((node) => childrenOf(node, model, options))
      .filter((node) => node.kind === 'finding');
    assert.equal(found.length, 4);
    const cases = found.map((node) => declarationOf(node, model)?.state.case);
    assert.deepEqual(cases.filter((one) => one !== undefined).sort(), ['both', 'fixedNotDeployed', 'onlyLive']);
  });

  test('follows the filter, and says how much of it that leaves out', () => {
    const shown = (filter: Partial<FindingFilter>) => {
      const wanted = { ...options, filter: { ...noFilter, ...filter } };
      const branch = rootsOf(model)
        .flatMap((root) => childrenOf(root, model, wanted))
        .find((node) => node.kind === 'branch' && node.branch === 'regressions');
      assert.ok(branch?.kind === 'branch');
      assert.equal(childrenOf(branch, model, wanted).length, branch.count);
      return `${branch.count} of ${branch.total}`;
    };
    assert.equal(shown({}), '1 of 1');
    assert.equal(shown({ text: 'calm HOST-network privileged' }), '1 of 1');
    assert.equal(shown({ text: 'payment' }), '0 of 1');
    assert.equal(shown({ namespaces: ['shop'], severities: ['error'] }), '1 of 1');
    assert.equal(shown({ namespaces: ['billing', ''] }), '0 of 1');
    assert.equal(shown({ severities: ['warning', 'info'] }), '0 of 1');
  });

  test('that comes after the next scan is dropped', () => {
    const next = clusterReport({ scannedAt: '2026-11-25T13:00:00.000Z' });
    model.scanEnded('prod', scanned(next));
    model.compared(report, answer);
    assert.equal(model.stateOf('prod').scanned?.declared, undefined);
  });
});
