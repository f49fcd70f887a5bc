// Live objects get the verdicts that files get, and nothing is made of what could not be seen.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ClusterReport, type JudgeSettings, judgeCluster } from '../../server/src/cluster/index.ts';
import { clusterChecks } from '../../server/src/rules/index.ts';
import { inEnglish, isSentence } from '../../server/src/sentences/index.ts';
import { spoken } from '../support/spoken.ts';
import { scan } from './scanRequest.ts';
import { answered, refused, type StubCluster } from './stubClient.ts';

async function report(cluster: StubCluster, settings: JudgeSettings = { settings: {} }): Promise<ClusterReport> {
  return judgeCluster(await scan(cluster), settings);
}

const privilegedPodSpec = { containers: [{ name: 'web', image: 'nginx:1.29', securityContext: { privileged: true } }] };
const namespaces = [{ metadata: { name: 'shop', uid: 'n' } }];
const deployment = (spec: object, more: object = {}) => ({
  metadata: { name: 'web', namespace: 'shop', uid: 'd', ...more },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec } },
});
const pod = (spec: object, owner: object | undefined, more: object = {}) => ({
  metadata: {
    name: 'web-abc-1',
    namespace: 'shop',
    uid: 'p',
    labels: { app: 'web' },
    ownerReferences: owner === undefined ? [] : [owner],
    ...more,
  },
  spec,
  status: { phase: 'Running' },
});
const byDeployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true };
const networkPolicies = { '/apis/networking.k8s.io/v1/networkpolicies': [] };

test('a report names the objects that somebody may have a file of, and how they were deployed', async () => {
  const annotations = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'shop' };
  const job = { metadata: { name: 'made', namespace: 'shop', uid: 'j', ownerReferences: [byDeployment] }, spec: {} };
  const alone = { ...pod({ containers: [] }, undefined), metadata: { name: 'alone', namespace: 'shop', uid: 'a' } };
  const { objects } = await report({
    lists: {
      '/apis/apps/v1/deployments': [
        deployment({ containers: [] }, { annotations, labels: { 'helm.sh/chart': 'web-1.2.3' } }),
        deployment({ containers: [] }, { namespace: 'kube-system', uid: 's' }),
      ],
      '/apis/batch/v1/jobs': [job],
      '/api/v1/pods': [pod(privilegedPodSpec, byDeployment), alone],
    },
  });
  assert.deepEqual(
    objects.map(({ identity, declaredBy }) => [identity.kind, identity.name, declaredBy?.helm?.chart]),
    [
      ['Deployment', 'web', 'web-1.2.3'],
      ['Pod', 'alone', undefined],
    ],
  );
});

describe('findings', () => {
  test('lie in the live object, with its path and identity', async () => {
    const { findings } = await report({ lists: { '/apis/apps/v1/deployments': [deployment(privilegedPodSpec)] } });
    const [found] = findings.filter(({ ruleId }) => ruleId === 'pod/privileged');
    assert.ok(found !== undefined);
    assert.deepEqual(found.object, {
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
    });
    assert.deepEqual(found.path, ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'privileged']);
    assert.match(inEnglish(found.message), /Container "web" is privileged/);
    assert.equal(found.isSystem, false);
  });

  test('of a workload are not said again for its pods', async () => {
    const { findings } = await report({
      lists: {
        '/apis/apps/v1/deployments': [deployment(privilegedPodSpec)],
        '/api/v1/pods': [pod(privilegedPodSpec, byDeployment)],
      },
    });
    assert.equal(findings.filter(({ ruleId }) => ruleId === 'pod/privileged').length, 1);
  });

  test('that only the pods have were added at admission, and say to what', async () => {
    const sidecar = { name: 'proxy', image: 'envoy:1', securityContext: { privileged: true } };
    const injected = { containers: [...privilegedPodSpec.containers, sidecar] };
    const { findings } = await report({
      lists: {
        '/apis/apps/v1/deployments': [deployment(privilegedPodSpec)],
        '/api/v1/pods': [pod(injected, byDeployment)],
      },
    });
    const added = findings.filter(({ addedToPodsOf }) => addedToPodsOf !== undefined);
    assert.ok(
      added.some(({ ruleId, message }) => ruleId === 'pod/privileged' && inEnglish(message).includes('"proxy"')),
    );
    assert.ok(added.every(({ message }) => !inEnglish(message).includes('"web"')));
    assert.deepEqual(new Set(added.map(({ addedToPodsOf }) => addedToPodsOf?.name)), new Set(['web']));
  });

  test('that are ignored in a workload were not added to its pods', async () => {
    const annotations = { 'kubeharden.io/ignore.pod.privileged': 'agreed with the platform team' };
    const changed = pod(privilegedPodSpec, byDeployment, { annotations: { 'cni.example.com/ip': '10.0.0.1' } });
    const { findings } = await report({
      lists: {
        '/apis/apps/v1/deployments': [deployment(privilegedPodSpec, { annotations })],
        '/api/v1/pods': [changed],
      },
    });
    assert.deepEqual(
      findings.filter(({ ruleId }) => ruleId === 'pod/privileged'),
      [],
    );
  });

  test('of pods whose controller may not be read are found in the pods', async () => {
    const { findings } = await report({
      lists: { '/apis/apps/v1/deployments': [], '/api/v1/pods': [pod(privilegedPodSpec, byDeployment)] },
      mayList: (resource) => resource !== 'deployments.apps',
    });
    const [found] = findings.filter(({ ruleId }) => ruleId === 'pod/privileged');
    assert.equal(found?.object.kind, 'Pod');
    assert.equal(found?.addedToPodsOf, undefined);
  });

  test('follow the version that runs, a configuration file and annotations', async () => {
    const ids = async (settings: JudgeSettings, more: object = {}) => {
      const annotated = deployment(privilegedPodSpec, more);
      const { findings } = await report({ lists: { '/apis/apps/v1/deployments': [annotated] } }, settings);
      return findings.map(({ ruleId }) => ruleId);
    };
    assert.ok((await ids({ settings: {} })).includes('pod/privileged'));
    const configuration = { uri: 'file:///shop/.kubeharden.yaml', text: 'rules:\n  pod/privileged: off\n' };
    assert.ok(!(await ids({ settings: {}, configuration })).includes('pod/privileged'));
    const annotations = { 'kubeharden.io/ignore.pod.privileged': 'agreed with the platform team' };
    assert.ok(!(await ids({ settings: {} }, { annotations })).includes('pod/privileged'));
  });

  test('in the namespaces of Kubernetes itself are marked as such', async () => {
    const { findings } = await report({
      lists: { '/apis/apps/v1/daemonsets': [deployment(privilegedPodSpec, { namespace: 'kube-system' })] },
    });
    assert.ok(findings.length > 0);
    assert.ok(findings.every(({ isSystem }) => isSystem));
  });
});

test('that a namespace protects none of its pods is said once', async () => {
  const { findings, checks } = await report({
    lists: {
      '/api/v1/namespaces': [{ metadata: { name: 'shop', uid: 'n' } }],
      '/apis/apps/v1/deployments': [deployment(privilegedPodSpec)],
      '/api/v1/pods': [pod(privilegedPodSpec, byDeployment)],
      ...networkPolicies,
    },
  });
  assert.equal(findings.filter(({ ruleId }) => ruleId === 'network/default-deny-missing').length, 1);
  const coverage = checks.find(({ id }) => id === 'network/pod-coverage');
  assert.deepEqual(coverage?.outcome, { kind: 'fail', failures: [] });
});

describe('rules across objects', () => {
  const lists = {
    ...networkPolicies,
    '/api/v1/namespaces': namespaces,
    '/apis/apps/v1/deployments': [deployment(privilegedPodSpec)],
  };

  test('judge what is missing where everything was read', async () => {
    const { findings } = await report({ lists });
    assert.ok(findings.some(({ ruleId }) => ruleId === 'network/default-deny-missing'));
  });

  test('judge what was read whole where something else may not be read', async () => {
    const { findings } = await report({
      lists: { ...lists, '/apis/rbac.authorization.k8s.io/v1/clusterroles': [] },
      mayList: (resource) => !resource.endsWith('.rbac.authorization.k8s.io'),
    });
    assert.ok(findings.some(({ ruleId }) => ruleId === 'network/default-deny-missing'));
  });

  test('are silent where policies may not be read, and the gap says so', async () => {
    const { findings, gaps } = await report({
      lists,
      mayList: (resource) => resource !== 'networkpolicies.networking.k8s.io',
    });
    assert.ok(!findings.some(({ ruleId }) => ruleId === 'network/default-deny-missing'));
    const [gap] = gaps.filter(({ what }) => what === 'networkpolicies.networking.k8s.io');
    assert.equal(gap?.cause, 'forbidden');
    assert.match(inEnglish(gap?.reason ?? ''), /It needs: list networkpolicies\.networking\.k8s\.io\.$/);
  });
});

describe('flags', () => {
  const unknown: StubCluster = { lists: { '/api/v1/pods': [] } };
  const staticPod = (name: string, ...flags: string[]) => ({
    metadata: {
      name,
      namespace: 'kube-system',
      uid: name,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'n', controller: true }],
    },
    spec: {
      containers: [
        { name: 'a', image: 'registry.k8s.io/kube-apiserver:v1.37.2', command: ['kube-apiserver', ...flags] },
      ],
    },
    status: { phase: 'Running' },
  });
  const outcomeOf = async (cluster: StubCluster) => {
    const { checks } = await report(cluster);
    return checks.find(({ id }) => id === 'api-server/single-dash-flag')?.outcome;
  };

  test('that nobody may see are not verifiable, and the outcome says what would help', async () => {
    const outcome = await outcomeOf({ ...unknown, answers: { '/flagz': () => refused(403, 'forbidden') } });
    assert.ok(outcome?.kind === 'notVerifiable');
    assert.deepEqual(outcome.unlockedBy[0], { kind: 'url', path: '/flagz' });
  });

  test('that the server is too old to show ask for no right to see them', async () => {
    const outcome = await outcomeOf(unknown);
    assert.ok(outcome?.kind === 'notVerifiable');
    assert.ok(outcome.unlockedBy.every((one) => isSentence(one)));
  });

  test('of static pods are judged, of each replica by itself', async () => {
    const pods = [
      staticPod('kube-apiserver-a', '--profiling=false'),
      staticPod('kube-apiserver-b', '-profiling=false'),
    ];
    const outcome = await outcomeOf({ lists: { '/api/v1/pods': pods } });
    assert.ok(outcome?.kind === 'fail');
    assert.equal(outcome.failures.length, 1);
    assert.match(inEnglish(outcome.failures[0]?.message ?? ''), /\(the static pod kube-apiserver-b\)$/);
  });

  test('of static pods are told of once, as a check that names the pod', async () => {
    const { findings, checks } = await report({
      lists: { '/api/v1/pods': [staticPod('kube-apiserver-a', '-profiling=false', '--anonymous-auth=true')] },
    });
    const pod = { group: '', version: 'v1', kind: 'Pod', namespace: 'kube-system', name: 'kube-apiserver-a' };
    const outcome = checks.find(({ id }) => id === 'api-server/single-dash-flag')?.outcome;
    assert.ok(outcome?.kind === 'fail');
    assert.deepEqual(outcome.failures[0]?.object, pod);
    assert.deepEqual(
      findings.filter(({ ruleId }) => ruleId.startsWith('api-server/')),
      [],
    );
  });

  test('that kubeadm was told are judged where nothing better shows them', async () => {
    const told: StubCluster['lists'] = {
      '/api/v1/configmaps': [
        {
          metadata: { name: 'kubeadm-config', namespace: 'kube-system', uid: 'c' },
          data: { ClusterConfiguration: 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n' },
        },
      ],
    };
    const becauseOf = async (lists: StubCluster['lists']) => {
      const outcome = await outcomeOf({ lists: { ...unknown.lists, ...lists } });
      assert.ok(outcome?.kind === 'pass');
      return inEnglish(outcome.because);
    };
    assert.match(await becauseOf(told), /flags of the ConfigMap kube-system\/kubeadm-config\.$/);
    const shown = await becauseOf({ ...told, '/api/v1/pods': [staticPod('kube-apiserver-a', '--profiling=false')] });
    assert.match(shown, /the static pod kube-apiserver-a/);
  });

  test('of /flagz are judged where there are no static pods', async () => {
    const flagz = () =>
      answered({
        kind: 'Flagz',
        flags: { profiling: 'true', 'authorization-mode': '[Node,RBAC]', 'audit-log-path': '' },
      });
    const outcome = await outcomeOf({ ...unknown, answers: { '/flagz': flagz } });
    assert.deepEqual(spoken(outcome), {
      kind: 'pass',
      because: 'Nothing of it in the flags of /flagz of the API server that answered.',
    });
  });
});

describe('checks follow a configuration', () => {
  const exposed = {
    lists: {
      '/api/v1/pods': [],
      '/api/v1/services': [
        {
          metadata: { name: 'etcd', namespace: 'shop', uid: 'e' },
          spec: { type: 'NodePort', ports: [{ port: 2379 }] },
        },
      ],
    },
  };
  const checkOf = async (id: string, rules: string) => {
    const configuration = { uri: 'file:///shop/.kubeharden.yaml', text: `rules:\n  ${id}: ${rules}\n` };
    const { checks } = await report(exposed, { settings: {}, configuration });
    return checks.find((check) => check.id === id);
  };

  test('that switches them off', async () => {
    assert.equal(await checkOf('etcd/exposed-service', 'off'), undefined);
    assert.equal(await checkOf('image/tag-drift', 'off'), undefined);
    assert.notEqual(await checkOf('image/tag-drift', 'on'), undefined);
  });

  test('that chooses a severity, which stands above those of single cases', async () => {
    const check = await checkOf('etcd/exposed-service', 'info');
    assert.equal(check?.severity, 'info');
    assert.ok(check.outcome.kind === 'fail');
    assert.deepEqual(
      check.outcome.failures.map(({ severity }) => severity),
      ['info'],
    );
  });

  test('and annotations of the objects that they name', async () => {
    const [service] = exposed.lists['/api/v1/services'];
    assert.ok(service !== undefined);
    const outcomeOf = async (reason: string) => {
      const annotations = { 'kubeharden.io/ignore.etcd.exposed-service': reason };
      const metadata = { ...service.metadata, annotations };
      const { checks } = await report({ lists: { ...exposed.lists, '/api/v1/services': [{ ...service, metadata }] } });
      return checks.find(({ id }) => id === 'etcd/exposed-service')?.outcome.kind;
    };
    assert.equal(await outcomeOf('a lab, agreed'), 'pass');
    assert.equal(await outcomeOf('until=2026-01-31 a lab, agreed'), 'fail');
    assert.equal(await outcomeOf(''), 'fail');
  });

  test('and are asked where the profile leaves out the rule of their id', async () => {
    assert.notEqual(await checkOf('network/pod-coverage', '{}'), undefined);
    const { checks } = await report(exposed, { settings: { profile: 'guide' } });
    assert.ok(clusterChecks.every(({ id }) => checks.some((check) => check.id === id)));
  });
});

test('a report is plain JSON, with the outcome of every check', async () => {
  const made = await report({
    lists: { '/api/v1/namespaces': namespaces },
    answers: { '/metrics': () => refused(403, 'forbidden') },
  });
  assert.deepEqual(JSON.parse(JSON.stringify(made)), JSON.parse(JSON.stringify(structuredClone(made))));
  assert.equal(made.version, 'v1.37.2');
  assert.ok(made.checks.length > 0);
  assert.ok(made.checks.every(({ outcome }) => ['pass', 'fail', 'notVerifiable'].includes(outcome.kind)));
  assert.ok(made.gaps.some(({ what, permission }) => what === '/metrics' && permission?.kind === 'url'));
});
