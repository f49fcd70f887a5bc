// The tree of contexts and reports, without VS Code.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ClusterModel } from '../../../client/src/clusterFindings/clusterModel.ts';
import {
  type ClusterNode,
  childrenOf,
  hasChildren,
  rootsOf,
  type TreeOptions,
} from '../../../client/src/clusterFindings/clusterTree.ts';
import { type FindingFilter, noFilter } from '../../../client/src/clusterFindings/findingFilter.ts';
import { liveObjectReference, liveObjectUriParts } from '../../../client/src/clusterFindings/liveObjectUri.ts';
import { clusterReport, contextList, liveFinding, scanned } from './sampleReport.ts';

const options: TreeOptions = { grouping: 'chapter', filter: noFilter, showsSystemObjects: false };
const check = { summary: 'It holds', why: 'It matters.', severity: 'warning' } as const;
const report = clusterReport({
  findings: [liveFinding(), liveFinding({ name: 'payment' })],
  checks: [
    { id: 'etcd/encryption-at-rest', ...check, outcome: { kind: 'pass', because: 'It was seen.' } },
    {
      id: 'api-server/audit-logging',
      ...check,
      outcome: {
        kind: 'notVerifiable',
        because: 'Nobody may see it.',
        unlockedBy: [{ kind: 'url', path: '/metrics' }, 'Ask your provider.'],
      },
    },
  ],
  gaps: [{ what: 'nodes', cause: 'forbidden', reason: 'You may not read nodes.' }],
});

/** The tree as indented lines, everything open. */
function drawn(model: ClusterModel, wanted = options): string[] {
  const draw = (node: ClusterNode, depth: number): string[] => {
    const children = childrenOf(node, model, wanted);
    assert.equal(hasChildren(node, model), children.length > 0, `${node.kind} says whether anything is below it`);
    for (const child of children) assert.equal(child.parent, node);
    return [`${'  '.repeat(depth)}${textOf(node)}`, ...children.flatMap((child) => draw(child, depth + 1))];
  };
  return rootsOf(model).flatMap((root) => draw(root, 0));
}

function textOf(node: ClusterNode): string {
  switch (node.kind) {
    case 'context':
      return node.context.name;
    case 'trouble':
      return `! ${node.message}`;
    case 'detail':
      return node.text;
    case 'branch':
      return `${node.branch} ${node.count === node.total ? node.total : `${node.count} of ${node.total}`}`;
    case 'group':
      return node.group.key.kind;
    case 'finding':
      return node.finding.object?.name ?? 'the cluster';
    case 'regression':
      return node.regression.finding.ruleId;
    case 'passed':
    case 'notVerifiable':
      return node.check.id;
    case 'reason':
      return node.reason.because;
    case 'unlocking':
      return typeof node.unlocking === 'string' ? node.unlocking : node.unlocking.kind;
    case 'gap':
      return node.gap.what;
  }
}

function allIds(model: ClusterModel, wanted = options): string[] {
  const walk = (node: ClusterNode): string[] => [node.id, ...childrenOf(node, model, wanted).flatMap(walk)];
  return rootsOf(model).flatMap(walk);
}

function modelOf(...names: readonly string[]): ClusterModel {
  const model = new ClusterModel();
  model.listed(contextList(...names));
  return model;
}

describe('the tree', () => {
  test('shows contexts, the current one first, and nothing below them before a scan', () => {
    assert.deepEqual(drawn(modelOf('dev', 'prod')), ['prod', 'dev']);
  });

  test('shows findings, what is not verifiable, what was not read, and what passed', () => {
    const model = modelOf('prod');
    model.scanEnded('prod', scanned(report));
    assert.deepEqual(drawn(model), [
      'prod',
      '  findings 2',
      '    chapter',
      '      rule',
      '        payment',
      '        web',
      '  notVerifiable 1',
      '    api-server/audit-logging',
      '      url',
      '      Ask your provider.',
      '  notRead 1',
      '    nodes',
      '  passed 1',
      '    etcd/encryption-at-rest',
    ]);
  });

  test('says once why several checks are not verifiable', () => {
    const model = modelOf('prod');
    const outcome = { kind: 'notVerifiable', because: 'You may not read nodes.', unlockedBy: ['Ask.'] } as const;
    const [, alone] = report.checks;
    assert.ok(alone !== undefined);
    const alike = (['kubelet/read-only-port', 'upgrade/version-skew'] as const).map((id) => ({
      id,
      ...check,
      outcome,
    }));
    model.scanEnded('prod', scanned({ ...report, checks: [...alike, alone] }));
    const lines = drawn(model);
    const at = lines.indexOf('  notVerifiable 3');
    assert.deepEqual(lines.slice(at, at + 6), [
      '  notVerifiable 3',
      '    You may not read nodes.',
      '      Ask.',
      '      kubelet/read-only-port',
      '      upgrade/version-skew',
      '    api-server/audit-logging',
    ]);
    assert.equal(new Set(allIds(model)).size, allIds(model).length);
  });

  test('has an id of its own for every node, the same after the next scan', () => {
    const model = modelOf('dev', 'prod');
    model.scanEnded('prod', scanned(report));
    model.scanEnded('dev', scanned(report));
    const before = allIds(model);
    assert.equal(new Set(before).size, before.length);
    model.scanEnded('prod', scanned(clusterReport({ ...report, scannedAt: '2026-11-26T12:00:00.000Z' })));
    assert.deepEqual(allIds(model), before);
  });

  test('keeps an empty branch of findings, so that nothing found is said and not left out', () => {
    const model = modelOf('prod');
    model.scanEnded('prod', scanned(report));
    const lines = drawn(model, { ...options, grouping: 'workload', filter: { ...noFilter, text: 'no such thing' } });
    assert.deepEqual(lines.slice(0, 3), ['prod', '  findings 0 of 2', '  notVerifiable 0 of 1']);
  });

  test('follows the words of a filter in every branch, and says how much that leaves out', () => {
    const model = modelOf('prod');
    model.scanEnded('prod', scanned(report));
    const shown = (text: string) => drawn(model, { ...options, filter: { ...noFilter, text } });
    assert.deepEqual(shown('audit may SEE'), [
      'prod',
      '  findings 0 of 2',
      '  notVerifiable 1',
      '    api-server/audit-logging',
      '      url',
      '      Ask your provider.',
      '  notRead 0 of 1',
      '  passed 0 of 1',
    ]);
    assert.deepEqual(shown('nodes').slice(-3), ['  notRead 1', '    nodes', '  passed 0 of 1']);
    assert.deepEqual(shown('encryption seen').slice(-2), ['  passed 1', '    etcd/encryption-at-rest']);
    assert.ok(shown('/metrics').includes('  notVerifiable 1'), 'what would make it verifiable is searched too');
  });

  test('does not hide what is not known of the cluster behind a namespace or a severity that it has not', () => {
    const model = modelOf('prod');
    const ofBilling = { kind: 'resource', group: '', resource: 'pods', verbs: ['list'], namespace: 'billing' } as const;
    const gap = { what: 'pods', cause: 'forbidden', reason: 'You may not read pods.', permission: ofBilling } as const;
    model.scanEnded('prod', scanned(clusterReport({ ...report, gaps: [...report.gaps, gap] })));
    const filter: FindingFilter = { ...noFilter, namespaces: ['shop'], severities: ['info'] };
    assert.deepEqual(
      drawn(model, { ...options, filter }).filter((line) => !line.startsWith('    ')),
      ['prod', '  findings 0 of 2', '  notVerifiable 1', '  notRead 1 of 2', '  passed 1'],
    );
  });

  test('gives a line the same id with a filter and without', () => {
    const model = modelOf('prod');
    const gaps = ['pods', 'nodes'].map((what) => ({ what, cause: 'failed', reason: 'No answer.' }) as const);
    model.scanEnded('prod', scanned(clusterReport({ ...report, gaps })));
    const filtered = allIds(model, { ...options, filter: { ...noFilter, text: 'nodes' } });
    const before = allIds(model);
    assert.deepEqual(
      filtered.filter((id) => !before.includes(id)),
      [],
    );
  });

  test('shows why a scan failed, above what is known from the one before', () => {
    const model = modelOf('prod');
    model.scanEnded('prod', { kind: 'unreachable', message: 'Nobody answers.', details: ['a', 'b'] });
    assert.deepEqual(drawn(model), ['prod', '  ! Nobody answers.', '    a', '    b']);
    model.scanEnded('prod', scanned(report));
    assert.equal(drawn(model)[1], '  findings 2');
    model.scanEnded('prod', { kind: 'unreachable', message: 'Nobody answers.', details: [] });
    assert.deepEqual(drawn(model).slice(1, 3), ['  ! Nobody answers.', '  findings 2']);
  });
});

describe('the model', () => {
  test('says why there is nothing to show', () => {
    const model = new ClusterModel();
    assert.equal(model.emptiness, 'unknown');
    model.listed({ contexts: [], files: [], problems: [] });
    assert.equal(model.emptiness, 'noKubeconfig');
    model.listed({ contexts: [], files: ['config'], problems: [] });
    assert.equal(model.emptiness, 'noContexts');
    model.listed({ contexts: [], files: [], problems: ['config: not YAML'] });
    assert.equal(model.emptiness, 'unreadable');
    model.listed(contextList('prod'));
    assert.equal(model.emptiness, 'filled');
  });

  test('keeps the report while it scans again, and drops progress that comes too late', () => {
    const model = modelOf('prod');
    model.scanEnded('prod', scanned(report));
    model.scanStarted('prod');
    const progress = { contextName: 'prod', reading: 'pods', share: 0.5, objectCount: 3 };
    model.scanProgressed(progress);
    assert.equal(model.stateOf('prod').scanning?.progress?.reading, 'pods');
    assert.equal(model.stateOf('prod').scanned?.report, report);
    model.scanEnded('prod', { kind: 'cancelled' });
    model.scanProgressed(progress);
    assert.equal(model.isScanning, false);
    assert.equal(model.stateOf('prod').scanned?.report, report);
  });

  test('speaks of the newest report, also while another context cannot be scanned', () => {
    const model = modelOf('dev', 'prod');
    model.scanStarted('dev');
    assert.equal(model.active, 'dev');
    model.scanEnded('dev', { kind: 'unreachable', message: 'Nobody answers.', details: [] });
    model.scanStarted('prod');
    model.scanEnded('prod', scanned(report));
    assert.equal(model.active, 'prod');
    model.scanStarted('dev');
    model.scanEnded('dev', { kind: 'unreachable', message: 'Nobody answers.', details: [] });
    assert.equal(model.active, 'prod');
  });

  test('counts what changed since the scan, until the next one', () => {
    const model = modelOf('prod');
    const changes = { count: 2, isComplete: false };
    model.changedSince({ contextName: 'prod', ...changes });
    assert.equal(model.stateOf('prod').scanned, undefined);
    model.scanEnded('prod', scanned(report));
    model.changedSince({ contextName: 'prod', ...changes });
    assert.deepEqual(model.stateOf('prod').scanned?.changes, changes);
    model.scanEnded('prod', scanned(report));
    assert.deepEqual(model.stateOf('prod').scanned?.changes, { count: 0, isComplete: true });
    model.changesLost();
    assert.deepEqual(model.stateOf('prod').scanned?.changes, { count: 0, isComplete: false }, 'nobody counts any more');
  });

  test('shows the same scan judged by other settings, and nothing that belongs to another scan', () => {
    const model = modelOf('prod');
    assert.equal(model.judgedAgain(report), false, 'nothing is shown yet');
    model.scanEnded('prod', scanned(report));
    const changes = { count: 2, isComplete: true };
    model.changedSince({ contextName: 'prod', ...changes });
    const [first] = report.findings;
    assert.ok(first !== undefined);
    assert.equal(model.judgedAgain({ ...report, findings: [first] }), true);
    assert.equal(drawn(model)[1], '  findings 1');
    assert.deepEqual(model.stateOf('prod').scanned?.changes, changes, 'no matter how it is judged');
    const later = clusterReport({ scannedAt: '2026-11-26T12:00:00.000Z' });
    assert.equal(model.judgedAgain(later), false);
    assert.equal(drawn(model)[1], '  findings 1');
  });

  test('forgets contexts that the kubeconfig has no more', () => {
    const model = modelOf('dev', 'prod');
    model.scanStarted('dev');
    model.scanEnded('dev', scanned(report));
    model.listed(contextList('prod'));
    assert.equal(model.active, undefined);
    assert.deepEqual(model.stateOf('dev'), {});
  });

  test('tells whoever listens, until it stops', () => {
    const model = new ClusterModel();
    const changes: string[] = [];
    const listening = model.onDidChange((change) => changes.push(change));
    model.listed(contextList('prod'));
    model.scanStarted('prod');
    model.scanProgressed({ contextName: 'prod', reading: 'pods', share: 0.5, objectCount: 3 });
    listening.dispose();
    model.listed(contextList('prod'));
    assert.deepEqual(changes, ['contents', 'contents', 'surroundings'], 'progress alone does not redraw the tree');
  });
});

describe('the URI of a live object', () => {
  const object = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };

  test('names it for the eye and leads back to it', () => {
    const { path, query } = liveObjectUriParts({ contextName: 'arn:aws:eks:eu/prod', object });
    assert.equal(path, '/arn:aws:eks:eu_prod/shop/Deployment web.yaml');
    assert.deepEqual(liveObjectReference(query), { contextName: 'arn:aws:eks:eu/prod', object });
  });

  test('of anything else leads nowhere', () => {
    for (const query of ['', '{}', '[1,2,3,4,5,6]', '["prod"]']) assert.equal(liveObjectReference(query), undefined);
  });
});
