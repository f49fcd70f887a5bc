// Dashboards, resource metrics, and what ages: nodes, charts, namespaces without a level.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RawObject } from '../../../server/src/kubernetes/index.ts';
import { clusterChecks } from '../../../server/src/rules/index.ts';
import { evidence, type Known, outcome, podGroup, seen, table } from './evidence.ts';

const grafana = podGroup('grafana', {
  images: [{ container: 'grafana', reference: 'docker.io/grafana/grafana:11.0.0', digests: [] }],
});
const service = (type: string, app = 'grafana'): RawObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'ui', namespace: 'shop' },
  spec: { type, selector: { app } },
});
const ingress = (more: RawObject = {}): RawObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'ui', namespace: 'shop' },
  spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'ui' } } }] } }], ...more },
});
const published = (services: readonly RawObject[], ingresses: readonly RawObject[] = []): Known => ({
  pods: seen([grafana]),
  objects: { Service: services, 'Ingress.networking.k8s.io': ingresses },
});
table('monitoring/prometheus-exposed', [
  ['inside', published([service('ClusterIP')]), /^pass: /],
  [
    'by a load balancer',
    published([service('LoadBalancer')]),
    /^fail: Service shop\/ui publishes Grafana .*LoadBalancer/,
  ],
  ['by a node port', published([service('NodePort')]), /^fail: /],
  ['something else', published([service('LoadBalancer', 'web')]), /^pass: /],
  [
    'by an Ingress',
    published([service('ClusterIP')], [ingress()]),
    /^fail: Ingress shop\/ui publishes Grafana without/,
  ],
  ['with TLS', published([service('ClusterIP')], [ingress({ tls: [{ hosts: ['g.example'] }] })]), /^pass: /],
  ['forbidden', {}, /^notVerifiable: /],
]);

const apiService = (status: string): RawObject => ({
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1beta1.metrics.k8s.io' },
  status: { conditions: [{ type: 'Available', status, reason: 'FailedDiscoveryCheck' }] },
});
const served = (groups: readonly string[], ...services: readonly RawObject[]): Known => ({
  apiGroups: seen(new Set(groups)),
  objects: { 'APIService.apiregistration.k8s.io': services },
});
table('monitoring/resource-metrics', [
  ['served', served(['metrics.k8s.io'], apiService('True')), /^pass: /],
  ['not answering', served([], apiService('False')), /^fail warning: .*FailedDiscoveryCheck/],
  ['missing', served(['apps']), /^fail: No metrics server/],
  ['nothing', {}, /^notVerifiable: /],
]);

const node = (nodeInfo: RawObject, annotations: RawObject = {}, labels: RawObject = {}): RawObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1', annotations, labels },
  status: { nodeInfo },
});
const info = (osImage: string, containerRuntimeVersion: string): Known => ({
  objects: { Node: [node({ osImage, containerRuntimeVersion })] },
});
table('upgrade/node-os-eol', [
  ['both new', info('Ubuntu 24.04.1 LTS', 'containerd://2.3.1'), /^pass: /],
  ['an old system', info('Ubuntu 20.04.6 LTS', 'containerd://2.3.1'), /^fail: Ubuntu 20\.04 .*2025-05-31 .*node n1/],
  ['an old CRI-O', info('Fedora CoreOS 42', 'cri-o://1.32.4'), /^fail: CRI-O 1\.32 .*2026-02-28/],
  ['a new CRI-O', info('Fedora CoreOS 42', 'cri-o://1.36.0'), /^pass: /],
  ['an old runtime', info('Talos (v1.11)', 'containerd://1.6.20'), /^fail: containerd 1\.6 .*2025-08-23/],
  ['the package of a distribution', info('Ubuntu 24.04.1 LTS', 'containerd://1.7.24-0ubuntu1'), /^pass: /],
  [
    'the runtime of a provider',
    {
      objects: {
        Node: [node({ containerRuntimeVersion: 'containerd://1.7.27' }, {}, { 'eks.amazonaws.com/nodegroup': 'a' })],
      },
    },
    /^pass: /,
  ],
  [
    'not ended yet',
    { ...info('Debian GNU/Linux 11 (bullseye)', ''), scannedAt: '2026-08-01T00:00:00.000Z' },
    /^pass: /,
  ],
  ['forbidden', {}, /^notVerifiable: /],
]);

const daemonSets = (...names: readonly string[]) => ({
  'DaemonSet.apps': names.map((name) => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'x' },
  })),
});
const restarting = (began: string) => ({
  'weave.works/kured-most-recent-reboot-needed': began,
  'weave.works/kured-reboot-in-progress': began,
});
const restarted = { 'weave.works/kured-most-recent-reboot-needed': '2026-11-01T00:00:00Z' };
table('upgrade/node-auto-update', [
  ['kured', { objects: daemonSets('kured') }, /^pass: Found: kured/],
  ['Karpenter', { apiGroups: seen(new Set(['karpenter.sh'])) }, /^pass: Found: Karpenter/],
  [
    'a restart that is stuck',
    { objects: { ...daemonSets('kured'), Node: [node({}, restarting('2026-11-01T00:00:00Z'))] } },
    /^fail warning: Node n1 was to be restarted on 2026-11-01/,
  ],
  [
    'a restart on its way',
    { objects: { ...daemonSets('kured'), Node: [node({}, restarting('2026-11-25T11:00:00Z'))] } },
    /^pass: /,
  ],
  ['a restart that was', { objects: { ...daemonSets('kured'), Node: [node({}, restarted)] } }, /^pass: /],
  ['nothing known', { objects: daemonSets('kube-proxy') }, /^fail: Nothing that is known/],
  [
    'nothing known, and nodes of an age',
    {
      objects: {
        ...daemonSets(),
        Node: [{ ...node({}), metadata: { name: 'n', creationTimestamp: '2025-02-03T00:00:00Z' } }],
      },
    },
    /^fail: .*the oldest node joined on 2025-02-03/,
  ],
  [
    'a provider',
    { objects: { ...daemonSets(), Node: [node({}, {}, { 'eks.amazonaws.com/x': '' })] } },
    /^notVerifiable: Amazon EKS/,
  ],
  ['forbidden', {}, /^notVerifiable: /],
]);

const charts = (...labels: readonly string[]): Known => ({
  objects: {
    'Deployment.apps': labels.map((chart, index) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `d${index}`, namespace: 'shop', labels: { 'helm.sh/chart': chart } },
    })),
    'DaemonSet.apps': [],
    'StatefulSet.apps': [],
  },
});
table('upgrade/helm-charts', [
  ['none', charts(), /^pass: /],
  [
    'living ones',
    charts('cert-manager-v1.19.1', 'redis-20.0.0'),
    /^notVerifiable: .*cert-manager-v1\.19\.1 and redis-20\.0\.0/,
  ],
  [
    'an ended one',
    charts('ingress-nginx-4.11.3'),
    /^fail: The chart ingress-nginx-4\.11\.3 in namespace shop .*2026-03-31/,
  ],
  ['forbidden', {}, /^notVerifiable: /],
]);

const namespace = (name: string, labels: RawObject = {}): RawObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const level = { 'pod-security.kubernetes.io/enforce': 'baseline' };
const inNamespaces = (...list: readonly RawObject[]): Known => ({
  pods: seen([podGroup('web'), podGroup('dns', { namespace: 'kube-system' })]),
  objects: { Namespace: list },
});
table('admission/psa-enforce-missing', [
  ['enforced', inNamespaces(namespace('shop', level), namespace('kube-system')), /^pass: /],
  ['not enforced', inNamespaces(namespace('shop'), namespace('kube-system')), /^fail: Namespace shop enforces no/],
  ['empty', inNamespaces(namespace('shop', level), namespace('idle')), /^pass: /],
  ['forbidden', {}, /^notVerifiable: /],
]);

describe('live/cloud-and-runtime-only', () => {
  test('is never judged', () => {
    assert.equal(outcome('live/cloud-and-runtime-only', {}).kind, 'notVerifiable');
  });
});

test('a cluster of which everything is seen and nothing exists makes no check throw', () => {
  const empty = evidence({ pods: seen([]), metrics: seen([]), flags: seen(new Map()), apiGroups: seen(new Set()) });
  for (const check of clusterChecks) {
    const judged = check.judge({ ...empty, resources: () => seen([]) });
    if (judged.kind === 'fail') assert.ok(judged.failures.length > 0, check.id);
  }
});

const hook = (name: string, failurePolicy: string, kind = 'ValidatingWebhookConfiguration'): RawObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name },
  webhooks: [{ name: 'a', failurePolicy, clientConfig: { service: { namespace: 'shop', name: 'ui' } } }],
});
const hooked = (
  validating: readonly RawObject[],
  services: readonly RawObject[],
  mutating: readonly RawObject[] = [],
) => ({
  pods: seen([grafana]),
  objects: {
    'ValidatingWebhookConfiguration.admissionregistration.k8s.io': validating,
    'MutatingWebhookConfiguration.admissionregistration.k8s.io': mutating,
    Service: services,
  },
});
table('admission/webhook-unanswered', [
  ['answered', hooked([hook('policy', 'Fail')], [service('ClusterIP')]), /^pass: /],
  [
    'no Service',
    hooked([hook('policy', 'Fail')], []),
    /^fail: .*ValidatingWebhookConfiguration policy, for Service shop\/ui does not exist, so the API server refuses/,
  ],
  [
    'no pod',
    hooked([hook('policy', 'Ignore')], [service('ClusterIP', 'gone')]),
    /^fail: .*no pod runs behind Service shop\/ui, so everything that it should judge passes/,
  ],
  ['one that changes objects', hooked([], [], [hook('inject', 'Fail', 'MutatingWebhookConfiguration')]), /^fail: /],
  [
    'a Service without a selector',
    hooked([hook('policy', 'Fail')], [{ ...service('ClusterIP'), spec: { clusterIP: 'None' } }]),
    /^pass: /,
  ],
  [
    'elsewhere',
    hooked([{ ...hook('policy', 'Fail'), webhooks: [{ clientConfig: { url: 'https://policy.example' } }] }], []),
    /^pass: /,
  ],
  ['nothing to be seen', {}, /^notVerifiable: /],
]);

test('a webhook whose Service may be among what was not read is not called dead', () => {
  const check = clusterChecks.find(({ id }) => id === 'admission/webhook-unanswered');
  const { pods, objects } = hooked([hook('policy', 'Fail')], []);
  const whole = evidence({ pods, objects });
  const judged = check?.judge({
    ...whole,
    resources: (kind) => {
      const list = whole.resources(kind);
      return kind === 'Service' && list.kind === 'seen' ? { ...list, incomplete: { text: 'Some were read.' } } : list;
    },
  });
  assert.equal(judged?.kind, 'notVerifiable');
});
