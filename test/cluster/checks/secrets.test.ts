// What the metadata of Secrets tells, where the settings allow that it is read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RawObject, secretTrace, type Unseen } from '../../../server/src/kubernetes/index.ts';
import { clusterChecks } from '../../../server/src/rules/index.ts';
import { isSentence } from '../../../server/src/sentences/index.ts';
import { evidence, type Known, table } from './evidence.ts';

interface Written {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly created?: string;
  readonly times?: readonly string[];
}
const secret = ({ name, namespace = 'shop', labels, annotations, created, times = [] }: Written): RawObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name,
    namespace,
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    creationTimestamp: created ?? '2024-01-01T00:00:00Z',
    managedFields: times.map((time) => ({ manager: 'kubectl', time })),
  },
});
const secrets = (...written: readonly Written[]): Known => {
  const objects = written.map(secret);
  return { objects: { Secret: objects }, secretTraces: objects.map(secretTrace) };
};
const notAsked: Unseen = {
  kind: 'unseen',
  cause: 'notAsked',
  reason: { text: 'Secrets are read only where you say so.' },
};

const applied = (value: unknown) => ({
  annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(value) },
});
table('secrets/last-applied-leak', [
  [
    'data in the annotation',
    secrets({ name: 'db', ...applied({ data: { password: 'aGVsbG8=' } }) }, { name: 'other' }),
    /^fail: An annotation of Secret shop\/db repeats its data, and "kubectl describe" shows annotations\.$/,
  ],
  ['plain data', secrets({ name: 'db', ...applied({ stringData: { password: 'x' } }) }), /^fail: /],
  [
    'a copy of kapp',
    secrets({ name: 'db', annotations: { 'kapp.k14s.io/original': '{"data":{"a":"eA=="}}' } }),
    /^fail: /,
  ],
  ['an annotation without data', secrets({ name: 'db', ...applied({ kind: 'Secret', data: {} }) }), /^pass: /],
  ['no annotation', secrets({ name: 'db' }), /^pass: /],
  ['nobody may read Secrets', {}, /^notVerifiable: You may not read Secret\./],
]);

table('secrets/not-rotated', [
  [
    'never written again',
    secrets({ name: 'db' }),
    /^fail: One Secret has not been written for more than a year \(shop\/db\)/,
  ],
  [
    'several',
    secrets(...['a', 'b', 'c', 'd'].map((name) => ({ name }))),
    /^fail: 4 Secrets have .*\(shop\/a, shop\/b, shop\/c and 1 more\)/,
  ],
  ['young', secrets({ name: 'db', created: '2026-05-01T00:00:00Z' }), /^pass: /],
  ['written since', secrets({ name: 'db', times: ['2026-05-01T00:00:00Z', '2024-02-01T00:00:00Z'] }), /^pass: /],
  [
    'tokens, releases and the system’s own',
    secrets(
      { name: 'token', annotations: { 'kubernetes.io/service-account.name': 'robot' } },
      { name: 'sh.helm.release.v1.web.v1', labels: { owner: 'helm' } },
      { name: 'certs', namespace: 'kube-system' },
    ),
    /^pass: /,
  ],
  ['nobody may read Secrets', {}, /^notVerifiable: /],
]);

const release = (version: number, status: string, more: Readonly<Record<string, string>> = {}): Written => ({
  name: `sh.helm.release.v1.web.v${version}`,
  labels: { owner: 'helm', name: 'web', version: String(version), status, ...more },
});
const seconds = (time: string) => String(Date.parse(time) / 1000);
table('upgrade/helm-release-failed', [
  ['deployed', secrets(release(1, 'superseded'), release(2, 'deployed')), /^pass: No release/],
  ['failed once, mended since', secrets(release(9, 'failed'), release(10, 'deployed')), /^pass: /],
  [
    'failed',
    secrets(release(1, 'deployed'), release(2, 'failed')),
    /^fail: Revision 2 of the Helm release shop\/web failed/,
  ],
  [
    'hangs',
    secrets(release(2, 'pending-upgrade', { createdAt: seconds('2026-11-20T10:00:00Z') })),
    /^fail: .* has been pending-upgrade since 2026-11-20/,
  ],
  [
    'is being installed',
    secrets(release(2, 'pending-install', { createdAt: seconds('2026-11-25T11:55:00Z') })),
    /^pass: /,
  ],
  ['no Helm', secrets({ name: 'db', labels: { owner: 'me' } }), /^pass: Helm keeps no release/],
  ['nobody may read Secrets', {}, /^notVerifiable: /],
]);

test('what the settings leave out asks for no right', () => {
  for (const id of ['secrets/last-applied-leak', 'secrets/not-rotated', 'upgrade/helm-release-failed']) {
    const check = clusterChecks.find((one) => one.id === id);
    const judged = check?.judge({ ...evidence({}), resources: () => notAsked });
    assert.ok(judged?.kind === 'notVerifiable', id);
    assert.deepEqual(judged.because, notAsked.reason);
    assert.ok(judged.unlockedBy.length > 0 && judged.unlockedBy.every(isSentence));
  }
});
