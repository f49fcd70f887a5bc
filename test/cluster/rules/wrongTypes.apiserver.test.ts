// Values of every JSON type in every security field of a pod: the API server cannot read just those that the rule names.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type FieldPlace, knownFields } from '../../../server/src/kubernetes/index.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { type JudgedWorkspace, judge } from '../../support/judgedWorkspace.ts';
import type { Cluster } from '../apiServer/cluster.ts';
import { sharedCluster } from '../apiServer/sharedCluster.ts';

const ruleId = 'pod/wrong-type-security-field';

const container = { name: 'web', image: 'web' };
const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [container], ...spec },
});
const ofContainer = (securityContext: unknown) => pod({ containers: [{ ...container, securityContext }] });
const volume = (source: object) => pod({ volumes: [{ name: 'data', ...source }] });

/** Where a map of each type stands. */
const places: Readonly<Partial<Record<FieldPlace, (map: object) => object>>> = {
  PodSecurityContext: (map) => pod({ securityContext: map }),
  SecurityContext: ofContainer,
  Capabilities: (map) => ofContainer({ capabilities: map }),
  SeccompProfile: (map) => ofContainer({ seccompProfile: map }),
  AppArmorProfile: (map) => pod({ securityContext: { appArmorProfile: map } }),
  SELinuxOptions: (map) => ofContainer({ seLinuxOptions: map }),
  WindowsSecurityContextOptions: (map) => pod({ securityContext: { windowsOptions: map } }),
  Sysctl: (map) => pod({ securityContext: { sysctls: [map] } }),
  VolumeMount: (map) => pod({ containers: [{ ...container, volumeMounts: [map] }] }),
};

/** Fields of maps of which not all are judged. */
const fields: readonly (readonly [name: string, put: (value: unknown) => object])[] = [
  ...['automountServiceAccountToken', 'hostIPC', 'hostNetwork', 'hostPID', 'hostUsers', 'shareProcessNamespace'].map(
    (field) => [field, (value: unknown) => pod({ [field]: value })] as const,
  ),
  ...['securityContext', 'imagePullSecrets', 'os', 'runtimeClassName', 'serviceAccountName', 'volumes'].map(
    (field) => [field, (value: unknown) => pod({ [field]: value })] as const,
  ),
  ['securityContext of a container', (value) => ofContainer(value)],
  ['hostPort', (value) => pod({ containers: [{ ...container, ports: [{ containerPort: 80, hostPort: value }] }] })],
  ['defaultMode of a Secret', (value) => volume({ secret: { secretName: 'a', defaultMode: value } })],
  ['items of a ConfigMap', (value) => volume({ configMap: { name: 'a', items: value } })],
  ['readOnly of nfs', (value) => volume({ nfs: { server: 'a', path: '/', readOnly: value } })],
  ...Object.entries(places).flatMap(([place, put]) =>
    knownFields(place as FieldPlace).map(
      (field) => [`${field} of ${place}`, (value: unknown) => put({ [field]: value })] as const,
    ),
  ),
];

const values = ['true', 'text', '', '1', 1, 0, -1, 1.5, true, false, null, [], ['a'], [1], [{}], {}, { a: 'b' }];

describe('values of the wrong type', () => {
  let cluster: Cluster;
  let judged: JudgedWorkspace;

  before(async () => {
    cluster = await sharedCluster();
    await cluster.createNamespace('default');
    const only = rules.filter(({ id }) => id === ruleId);
    judged = judge(new Map([['pod.json', '']]), { rules: only });
  });
  after(() => cluster.close());

  /** 400 is about reading alone: what is read and wrong is 422, or 403 by admission. */
  async function isUnreadable(object: object): Promise<boolean> {
    const { status } = await cluster.admin.send('POST', '/api/v1/namespaces/default/pods?dryRun=All', object);
    return status === 400;
  }

  test('are just those that the API server cannot read', async () => {
    let unreadable = 0;
    const differences: string[] = [];
    for (const [name, put] of fields) {
      const answers = values.map(async (value) => {
        const object = put(value);
        const theirs = await isUnreadable(object);
        judged.setText('pod.json', JSON.stringify(object));
        const ours = judged.findings('pod.json').length > 0;
        if (theirs) unreadable++;
        if (ours !== theirs) differences.push(`${name}: ${JSON.stringify(value)} ${theirs ? 'cannot' : 'can'} be read`);
      });
      await Promise.all(answers);
    }
    assert.deepEqual(differences, []);
    assert.ok(unreadable > 500, `${unreadable} of ${fields.length * values.length}`);
  });
});
