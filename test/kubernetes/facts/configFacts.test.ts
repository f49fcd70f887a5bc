import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factKeyOf, factsOf } from '../../../server/src/kubernetes/index.ts';
import { factsIn, resourceIn } from '../reading.ts';

function sourcesIn(text: string): readonly string[] {
  return factsIn(text).flatMap((fact) =>
    fact.type === 'configSource' ? [`${fact.of} ${fact.name} ${fact.keys?.join() ?? '?'} [${factKeyOf(fact)}]`] : [],
  );
}

function object(apiVersion: string, kind: string, rest: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: own, namespace: shop}\n${rest}\n`;
}

test('ConfigMaps and Secrets with their keys, as far as they are known', () => {
  assert.deepEqual(sourcesIn(object('v1', 'ConfigMap', 'data: {b: x, a: x}\nbinaryData: {c: x}')), [
    'ConfigMap own a,b,c []',
  ]);
  assert.deepEqual(sourcesIn(object('v1', 'Secret', 'stringData: {b: x}\ndata:')), ['Secret own b []']);
  assert.deepEqual(sourcesIn(object('v1', 'Secret', 'data:\n  {{- include "x" . | nindent 2 }}')), ['Secret own ? []']);
  const patch = resourceIn(object('v1', 'ConfigMap', 'data: {a: x}'), { partial: true });
  assert.deepEqual(
    factsOf(patch, []).map((fact) => fact.type === 'configSource' && fact.keys),
    [undefined],
  );
});

test('Secrets and ConfigMaps that something in the workspace makes', () => {
  const made: readonly (readonly [string, readonly string[]])[] = [
    [object('bitnami.com/v1alpha1', 'SealedSecret', 'spec: {encryptedData: {a: x}}'), ['Secret own ? []']],
    [object('external-secrets.io/v1', 'ExternalSecret', 'spec: {target: {name: x}}'), ['Secret x ? []']],
    [object('external-secrets.io/v1beta1', 'ExternalSecret', 'spec: {}'), ['Secret own ? []']],
    [object('cert-manager.io/v1', 'Certificate', 'spec: {secretName: tls}'), ['Secret tls ? []']],
    [object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', 'spec: {destination: {name: x}}'), ['Secret x ? []']],
    [object('onepassword.com/v1', 'OnePasswordItem', 'spec: {}'), ['Secret own ? []']],
    [
      object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'spec: {secretObjects: [{secretName: x}, {}]}'),
      ['Secret x ? []'],
    ],
    [
      object(
        'kustomize.config.k8s.io/v1beta1',
        'Kustomization',
        'configMapGenerator: [{name: a}]\nsecretGenerator: [{name: b}]',
      ),
      ['ConfigMap a ? []', 'Secret b ? []'],
    ],
    [object('example.com/v1', 'Secret', 'data: {}'), []],
  ];
  for (const [text, expected] of made) assert.deepEqual(sourcesIn(text), expected, text);
});

test('what a pod cannot start without, with the place of its name or key below the resource', () => {
  const text = object(
    'v1',
    'Pod',
    `spec:
  imagePullSecrets: [{name: registry}]
  containers:
  - name: web
    image: i
    env:
    - {name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}
    - {name: B, valueFrom: {secretKeyRef: {name: gone, key: k, optional: true}}}
    envFrom: [{configMapRef: {name: c}}]
  volumes:
  - {name: v, secret: {secretName: t, items: [{key: i, path: p}]}}
  - {name: w, projected: {sources: [{configMap: {name: d}}]}}`,
  );
  const references = factsIn(text).flatMap((fact) => (fact.type === 'configReference' ? fact.references : []));
  assert.deepEqual(
    references.map(({ of, name, key, path }) => [of, name, key, path.join('.')]),
    [
      ['Secret', 's', undefined, 'spec.containers.0.env.0.valueFrom.secretKeyRef.name'],
      ['Secret', 's', 'k', 'spec.containers.0.env.0.valueFrom.secretKeyRef.key'],
      ['ConfigMap', 'c', undefined, 'spec.containers.0.envFrom.0.configMapRef.name'],
      ['Secret', 't', undefined, 'spec.volumes.0.secret.secretName'],
      ['Secret', 't', 'i', 'spec.volumes.0.secret.items.0.key'],
      ['ConfigMap', 'd', undefined, 'spec.volumes.1.projected.sources.0.configMap.name'],
      ['Secret', 'registry', undefined, 'spec.imagePullSecrets.0.name'],
    ],
  );
});
