// Who watches the cluster, what runs under one name, and which versions go together.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PodGroup, RawObject, RunningImage } from '../../../server/src/kubernetes/index.ts';
import { forbidden, retiringWrites } from '../../../server/src/kubernetes/index.ts';
import { metric, podGroup, said, seen } from './evidence.ts';

const running = (name: string, reference: string, more: Partial<PodGroup> = {}): PodGroup =>
  podGroup(name, { images: [{ container: name, reference, digests: [] }], ...more });
const node = (name: string, more: RawObject = {}): RawObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  ...more,
});

describe('agents', () => {
  const falco = 'docker.io/falcosecurity/falco:0.44.0';

  test('are known by their images, wherever those are mirrored', () => {
    assert.equal(said('monitoring/falco-missing', { pods: seen([running('falco', falco)]) }), 'pass: Found: Falco.');
    const mirrored = `registry.example:5000/mirror/falcosecurity/falco@sha256:${'0'.repeat(64)}`;
    assert.match(said('monitoring/falco-missing', { pods: seen([running('falco', mirrored)]) }), /^pass: /);
    assert.match(said('monitoring/falco-missing', { pods: seen([running('f', 'example/not-falco')]) }), /^fail: /);
  });

  test('are known by their API groups, which need no permission', () => {
    assert.match(
      said('monitoring/prometheus-missing', { apiGroups: seen(new Set(['monitoring.coreos.com'])) }),
      /^pass: .*Prometheus/,
    );
    assert.match(
      said('monitoring/falco-missing', { apiGroups: seen(new Set(['instance.falcosecurity.dev'])) }),
      /^pass: .*Falco/,
    );
  });

  test('that belong on every node are missed where they are not', () => {
    const nodes = [node('a'), node('b'), node('c', { spec: { unschedulable: true } })];
    const of = (count: number) =>
      said('monitoring/falco-missing', {
        pods: seen([running('falco', falco, { count })]),
        objects: { Node: nodes },
      });
    assert.match(of(2), /^pass: /);
    assert.equal(of(1), 'fail warning: Falco runs on 1 of 2 nodes, so the others are not covered.');
  });

  test('at the end of their life are no good, unless another is there', () => {
    const promtail = running('promtail', 'grafana/promtail:3.0.0');
    const id = 'monitoring/log-forwarder-missing';
    assert.match(
      said(id, { pods: seen([promtail]) }),
      /^fail warning: Promtail has had no security fixes since 2026-03-02/,
    );
    assert.match(said(id, { pods: seen([promtail, running('alloy', 'grafana/alloy:v1')]) }), /^pass: /);
  });

  test('are not called missing where pods may not be read, or not all of them', () => {
    assert.match(said('image/vulnerability-scanner', { pods: forbidden('pods') }), /^notVerifiable: /);
    const some = {
      kind: 'seen',
      value: [],
      incomplete: {
        text: 'Only the namespaces in which you may list {resource} were read.',
        args: { resource: 'pods' },
      },
    } as const;
    assert.match(said('image/vulnerability-scanner', { pods: some }), /^notVerifiable: Only the namespaces/);
  });
});

test('image/tag-drift: one name, two images', () => {
  const image = (...digests: readonly string[]): RunningImage => ({
    container: 'web',
    reference: 'shop/web:v1',
    digests,
  });
  const of = (...digests: readonly string[]) =>
    said('image/tag-drift', { pods: seen([podGroup('web', { images: [image(...digests)] })]) });
  assert.match(of('sha256:1'), /^pass: /);
  assert.equal(
    of('sha256:1', 'sha256:2'),
    'fail: Container "web" of Deployment shop/web runs 2 different images under the name shop/web:v1.',
  );
});

test('upgrade/version-skew: kubelets, components and the API server', () => {
  const of = (server: number, kubelet: string, ...pods: readonly PodGroup[]) =>
    said('upgrade/version-skew', {
      version: seen({ gitVersion: `v1.${server}.0`, minor: server, patch: 0, emulatedMinor: server, platform: '' }),
      pods: seen(pods),
      objects: { Node: [node('n', { status: { nodeInfo: { kubeletVersion: kubelet } } })] },
    });
  assert.match(of(37, 'v1.34.9'), /^pass: /);
  assert.match(of(37, 'v1.33.1'), /^fail: Node n runs kubelet v1\.33\.1, which is 4 minor versions older/);
  assert.match(of(27, 'v1.24.1'), /^fail: /);
  assert.match(of(36, 'v1.37.0'), /^fail: .*newer than the API server/);
  assert.match(of(36, 'not a version'), /^pass: /);
  const replica = (tag: string) => running('a', `registry.k8s.io/kube-apiserver:${tag}`, { namespace: 'kube-system' });
  assert.match(of(36, 'v1.36.0', replica('v1.37.1')), /^pass: /);
  assert.match(of(37, 'v1.36.0', replica('v1.35.1')), /^fail: .*kube-apiserver v1\.35\.1 beside another of v1\.37\.0/);
  const component = (name: string, tag: string, namespace = 'kube-system') =>
    running(name, `registry.k8s.io/${name}:${tag}`, { namespace });
  assert.match(of(36, 'v1.36.0', component('kube-proxy', 'v1.33.0')), /^pass: /);
  assert.match(
    of(36, 'v1.36.0', component('kube-proxy', 'v1.32.0')),
    /^fail: .*kube-proxy v1\.32\.0, which is 4 minor/,
  );
  assert.match(of(36, 'v1.36.0', component('kube-scheduler', 'v1.35.0')), /^pass: /);
  assert.match(of(36, 'v1.36.0', component('kube-scheduler', 'v1.34.0')), /^fail: .*one is supported/);
  assert.match(of(36, 'v1.36.0', component('kube-controller-manager', 'v1.37.0')), /^fail: .*newer/);
  assert.match(of(36, 'v1.36.0', component('kube-proxy', 'v1.1.0', 'tests')), /^pass: /, 'somebody else’s');
});

test('upgrade/deprecated-apis-in-use: what is still asked for', () => {
  const asked = (removed: string) =>
    metric('apiserver_requested_deprecated_apis', {
      group: 'autoscaling',
      version: 'v2beta2',
      resource: 'horizontalpodautoscalers',
      removed_release: removed,
    });
  const version = seen({ gitVersion: 'v1.36.1', minor: 36, patch: 1, emulatedMinor: 36, platform: '' });
  const of = (...removed: readonly string[]) =>
    said('upgrade/deprecated-apis-in-use', { version, metrics: seen(removed.map(asked)) });
  assert.match(of(), /^pass: /);
  assert.match(of(''), /^pass: /, 'componentstatuses and endpoints have no date');
  assert.match(
    of('1.40'),
    /^fail: Somebody asks for horizontalpodautoscalers\.v2beta2\.autoscaling, which Kubernetes 1\.40 removes\./,
  );
  assert.match(of('1.37'), /^fail error: /);
  assert.match(said('upgrade/deprecated-apis-in-use', { version }), /^notVerifiable: /);
});

test('upgrade/deprecated-apis-in-use: without metrics, who wrote in a version with an end', () => {
  const at = (minor: number) => ({
    version: seen({ gitVersion: `v1.${minor}.0`, minor, patch: 0, emulatedMinor: minor, platform: '' }),
    retiringWrites: retiringWrites({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: {
        name: 'web',
        namespace: 'shop',
        managedFields: [
          { manager: 'kubectl', apiVersion: 'policy/v1', time: '2026-11-01T00:00:00Z' },
          { manager: 'helm', apiVersion: 'policy/v1beta1', time: '2026-10-01T00:00:00Z' },
          { manager: 'operator', apiVersion: 'example.com/v1alpha1' },
        ],
      },
    }),
  });
  const id = 'upgrade/deprecated-apis-in-use';
  assert.equal(
    said(id, at(24)),
    'fail error: helm wrote PodDisruptionBudget shop/web in policy/v1beta1 on 2026-10-01, which Kubernetes 1.25 removes.',
  );
  assert.match(said(id, at(21)), /^fail: helm wrote/);
  assert.match(said(id, at(25)), /^notVerifiable: /, 'it is gone already, so nobody writes it any more');
  assert.match(said(id, { ...at(24), metrics: seen([]) }), /^pass: /, 'metrics know what is asked for today');
});
