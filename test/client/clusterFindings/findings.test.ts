// Findings as the tree shows them: what they are, which are wanted, and how they are put together.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type FindingFilter,
  filterFindings,
  isFiltering,
  noFilter,
  storedFilter,
} from '../../../client/src/clusterFindings/findingFilter.ts';
import {
  countBySeverity,
  type Grouping,
  groupFindings,
  groupId,
  worstOf,
} from '../../../client/src/clusterFindings/findingGroups.ts';
import { ownerOf, shownFindings } from '../../../client/src/clusterFindings/shownFinding.ts';
import { clusterReport, liveFinding } from './sampleReport.ts';

const payment = liveFinding({ name: 'payment', ruleId: 'image/latest-tag', severity: 'warning', message: 'No tag.' });
const namespace = liveFinding({
  ruleId: 'network/default-deny-missing',
  severity: 'info',
  object: { group: '', version: 'v1', kind: 'Namespace', namespace: '', name: 'billing' },
  fingerprint: 'n',
});
const system = liveFinding({
  object: { group: 'apps', version: 'v1', kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy' },
  isSystem: true,
  fingerprint: 's',
});
const failedCheck = {
  id: 'api-server/anonymous-auth',
  summary: 'Anonymous requests are refused',
  why: 'Anybody could ask.',
  severity: 'warning',
  outcome: {
    kind: 'fail',
    failures: [{ message: 'They are answered.', severity: 'error' }, { message: 'All of them.' }],
  },
} as const;
const report = clusterReport({ findings: [namespace, payment, liveFinding(), system], checks: [failedCheck] });
const all = shownFindings(report);

describe('shown findings', () => {
  test('are those of the rules and the failures of the checks, gravest first', () => {
    assert.deepEqual(
      all.map(({ ruleId, severity }) => `${severity} ${ruleId}`),
      [
        'error api-server/anonymous-auth',
        'error pod/privileged',
        'error pod/privileged',
        'warning api-server/anonymous-auth',
        'warning image/latest-tag',
        'info network/default-deny-missing',
      ],
    );
    assert.equal(all[0]?.object, undefined);
    assert.equal(all[0]?.check?.why, 'Anybody could ask.');
  });

  test('have keys that tell them apart, even where everything else is the same', () => {
    const twins = shownFindings(clusterReport({ findings: [liveFinding(), liveFinding(), liveFinding()] }));
    assert.equal(new Set(twins.map(({ key }) => key)).size, 3);
  });

  test('of a pod belong to the workload that somebody wrote', () => {
    const pod = { group: '', version: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' };
    const { object: workload } = liveFinding();
    const [added] = shownFindings(clusterReport({ findings: [liveFinding({ object: pod, addedToPodsOf: workload })] }));
    assert.ok(added !== undefined);
    assert.deepEqual(ownerOf(added), workload);
    assert.deepEqual(added.object, pod);
  });
});

describe('a filter', () => {
  const shown = (filter: Partial<FindingFilter>, showsSystem = false) =>
    filterFindings(all, { ...noFilter, ...filter }, showsSystem).findings.map(({ ruleId }) => ruleId);

  test('leaves out the system unless asked, and counts what it leaves out', () => {
    assert.equal(filterFindings(all, noFilter, false).systemCount, 1);
    assert.equal(filterFindings(all, noFilter, false).findings.length, 5);
    assert.equal(filterFindings(all, noFilter, true).systemCount, 0);
    assert.equal(filterFindings(all, { ...noFilter, severities: ['info'] }, false).findings.length, 1);
  });

  test('by text wants every word, in message, rule or object, whatever the case', () => {
    assert.deepEqual(shown({ text: 'DEPLOYMENT tag' }), ['image/latest-tag']);
    assert.deepEqual(shown({ text: ' shop/web ' }), ['pod/privileged']);
    assert.deepEqual(shown({ text: 'nowhere' }), []);
  });

  test('by namespace counts a Namespace to itself and checks to the whole cluster', () => {
    assert.deepEqual(shown({ namespaces: ['billing'] }), ['network/default-deny-missing']);
    assert.deepEqual(shown({ namespaces: [''] }), ['api-server/anonymous-auth', 'api-server/anonymous-auth']);
    assert.deepEqual(shown({ namespaces: ['kube-system'] }, true), ['pod/privileged']);
  });

  test('comes back from the memory of the workspace as it was, and what is unknown does not filter', () => {
    const filter: FindingFilter = {
      text: 'web',
      namespaces: ['shop', ''],
      severities: ['error', 'info'],
      profile: 'restricted',
    };
    assert.deepEqual(storedFilter(JSON.parse(JSON.stringify(filter))), filter);
    for (const value of [
      undefined,
      null,
      'web',
      [],
      { text: 1, namespaces: 'shop', severities: ['fatal', 2], profile: 'none' },
    ]) {
      assert.deepEqual(storedFilter(value), noFilter);
    }
  });

  test('by profile leaves nothing out itself, for the report is another', () => {
    assert.deepEqual(shown({ profile: 'guide' }), shown({}));
    assert.equal(isFiltering({ ...noFilter, profile: 'guide' }), true);
    assert.equal(isFiltering(noFilter), false);
  });

  test('by severity', () => {
    assert.deepEqual(shown({ severities: ['warning'] }), ['api-server/anonymous-auth', 'image/latest-tag']);
  });
});

describe('groups', () => {
  const ids = (grouping: Grouping, depth = 0) =>
    groupFindings(all, grouping, depth)?.map(({ key, findings }) => `${groupId(key)} ${findings.length}`);

  test('by chapter, severity, namespace and workload', () => {
    assert.deepEqual(ids('chapter'), ['api-server 2', 'image 1', 'network 1', 'pod 2']);
    assert.deepEqual(ids('severity'), ['error 3', 'warning 2', 'info 1']);
    assert.deepEqual(ids('namespace'), [' 2', 'billing 1', 'kube-system 1', 'shop 2']);
    assert.deepEqual(ids('workload'), [
      ' 2',
      'DaemonSet kube-system/kube-proxy apps 1',
      'Deployment shop/payment apps 1',
      'Deployment shop/web apps 1',
      'Namespace billing  1',
    ]);
  });

  test('have a second level by rule or object, gravest rules first, and findings below', () => {
    assert.deepEqual(ids('severity', 1)?.[0], 'api-server/anonymous-auth 2');
    assert.equal(ids('chapter', 1)?.at(-1), 'network/default-deny-missing 1');
    assert.equal(ids('chapter', 2), undefined);
    assert.equal(ids('workload', 1), undefined);
  });

  test('hold every finding once', () => {
    for (const grouping of ['chapter', 'severity', 'namespace', 'workload'] as const) {
      const grouped = groupFindings(all, grouping, 0)?.flatMap(({ findings }) => findings) ?? [];
      assert.deepEqual(new Set(grouped), new Set(all));
      assert.equal(grouped.length, all.length);
    }
  });

  test('say how grave they are', () => {
    const [group] = groupFindings(all, 'chapter', 0) ?? [];
    assert.ok(group !== undefined);
    assert.equal(worstOf(group), 'error');
    assert.deepEqual(countBySeverity(group.findings), { error: 1, warning: 1, info: 0 });
  });
});
