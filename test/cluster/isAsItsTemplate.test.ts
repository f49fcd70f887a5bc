// A pod that is as its template says is not judged a second time; one that differs in anything that somebody chose is.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAsItsTemplate } from '../../server/src/cluster/judging/isAsItsTemplate.ts';

const container = { name: 'web', image: 'nginx:1.29', env: [{ name: 'A', value: 'b' }] };
const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [container], volumes: [{ name: 'tmp' }] },
};
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template } };
const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'web' },
  spec: { jobTemplate: { spec: { template } } },
};

const token = { name: 'kube-api-access-x2v9z', projected: { sources: [] } };
const mount = { name: 'kube-api-access-x2v9z', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' };
const given = {
  nodeName: 'node-1',
  priority: 0,
  serviceAccountName: 'default',
  tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 300 }],
};

function pod(spec: object = {}, metadata: object = {}) {
  return {
    metadata: { name: 'web-1', labels: { app: 'web', 'pod-template-hash': 'abc' }, ...metadata },
    spec: { ...template.spec, ...spec },
  };
}

describe('a pod is as its template', () => {
  test('with what every pod is given', () => {
    const running = pod({
      ...given,
      containers: [{ ...container, volumeMounts: [mount] }],
      volumes: [...template.spec.volumes, token],
    });
    assert.ok(isAsItsTemplate(running, deployment));
    assert.ok(isAsItsTemplate(running, cronJob));
  });

  const different: Readonly<Record<string, ReturnType<typeof pod>>> = {
    'another image': pod({ containers: [{ ...container, image: 'nginx:1.30' }] }),
    'another container': pod({ containers: [container, { name: 'proxy', image: 'envoy:1' }] }),
    'an init container': pod({ initContainers: [{ name: 'init', image: 'envoy:1' }] }),
    'another volume': pod({ volumes: [...template.spec.volumes, { name: 'host', hostPath: { path: '/' } }] }),
    'another mount': pod({ containers: [{ ...container, volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }] }),
    'a variable': pod({ containers: [{ ...container, env: [] }] }),
    'another service account': pod({ serviceAccountName: 'builder' }),
    'the network of the node': pod({ hostNetwork: true }),
    'an annotation': pod({}, { annotations: { a: 'b' } }),
    'a label': pod({}, { labels: { app: 'web', injected: 'true' } }),
  };
  for (const [what, changed] of Object.entries(different)) {
    test(`but not with ${what}`, () => assert.ok(!isAsItsTemplate(changed, deployment)));
  }

  test('but not of a workload without one', () => {
    assert.ok(!isAsItsTemplate(pod(), { apiVersion: 'example.com/v1', kind: 'Thing', spec: {} }));
  });
});
