// What the API server fills in does not count as written; what somebody wrote stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutServerDefaults } from '../../../server/src/kubernetes/index.ts';

const written = {
  containers: [{ name: 'web', image: 'nginx:1.29', ports: [{ containerPort: 80 }] }],
};
const stored = {
  containers: [
    {
      name: 'web',
      image: 'nginx:1.29',
      imagePullPolicy: 'IfNotPresent',
      ports: [{ containerPort: 80, protocol: 'TCP' }],
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    },
  ],
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  securityContext: {},
  terminationGracePeriodSeconds: 30,
};

test('a Deployment is as its author wrote it', () => {
  const live = {
    kind: 'Deployment',
    spec: {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: stored },
    },
  };
  const before = structuredClone(live);
  assert.deepEqual(withoutServerDefaults(live), {
    kind: 'Deployment',
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: written },
    },
  });
  assert.deepEqual(live, before, 'the live object stays as it is');
});

test('what is no default stays', () => {
  const pod = {
    kind: 'Pod',
    spec: {
      containers: [
        { name: 'a', image: 'nginx', imagePullPolicy: 'IfNotPresent' },
        { name: 'b', image: 'nginx:1.29', imagePullPolicy: 'Always' },
        { name: 'c', image: '$(IMAGE)', imagePullPolicy: 'IfNotPresent', securityContext: { procMount: 'Unmasked' } },
      ],
      serviceAccount: 'builder',
      serviceAccountName: 'builder',
      securityContext: { runAsNonRoot: true },
    },
  };
  const { serviceAccount, ...spec } = pod.spec;
  assert.equal(serviceAccount, 'builder');
  assert.deepEqual(withoutServerDefaults(pod), { ...pod, spec });
});

test('the policy of pulling follows tag and digest', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const images = [
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    [`nginx:latest@${digest}`, 'Always'],
    [`nginx@${digest}`, 'IfNotPresent'],
    ['nginx:1', 'IfNotPresent'],
  ] as const;
  const pod = {
    kind: 'Pod',
    spec: { containers: images.map(([image, imagePullPolicy]) => ({ image, imagePullPolicy })) },
  };
  assert.deepEqual(withoutServerDefaults(pod).spec, { containers: images.map(([image]) => ({ image })) });
});

test('host ports of a pod on the node network', () => {
  const ports = [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }];
  const pod = (hostNetwork: boolean) => ({ kind: 'Pod', spec: { hostNetwork, containers: [{ ports }] } });
  assert.deepEqual(withoutServerDefaults(pod(true)).spec, {
    hostNetwork: true,
    containers: [{ ports: [{ containerPort: 80 }] }],
  });
  assert.deepEqual(withoutServerDefaults(pod(false)).spec, {
    hostNetwork: false,
    containers: [{ ports: [{ containerPort: 80, hostPort: 80 }] }],
  });
});

test('policy types of a network policy', () => {
  const policy = (spec: Record<string, unknown>) =>
    withoutServerDefaults({ kind: 'NetworkPolicy', spec: { podSelector: {}, ...spec } }).spec;
  assert.deepEqual(policy({ policyTypes: ['Ingress'] }), { podSelector: {} });
  assert.deepEqual(policy({ policyTypes: ['Ingress', 'Egress'] }), {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
  assert.deepEqual(policy({ egress: [{}], policyTypes: ['Ingress', 'Egress'] }), { podSelector: {}, egress: [{}] });
});

test('nothing is expected of an object', () => {
  for (const object of [{}, { kind: 7 }, { kind: 'Deployment', spec: 'x' }, { kind: 'Pod', spec: { containers: 3 } }]) {
    assert.deepEqual(withoutServerDefaults(object), object);
  }
});
