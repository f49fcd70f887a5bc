// Which fields an API server drops while a feature gate is off, in each version that ours can emulate.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../../server/src/rules/index.ts';
import { judge } from '../../support/judgedWorkspace.ts';
import { startApiServer } from '../apiServer/apiServer.ts';
import { dryRunOn } from './dryRun.ts';

const ruleId = 'pod/feature-gate-dropped-field';
const newest = 37;

const container = { name: 'web', image: 'web' };
const pod = (spec: object, ofContainer: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ ...container, ...ofContainer }], ...spec },
});
const withVolume = (source: object, ofContainer: object = {}) =>
  pod({ volumes: [{ name: 'data', ...source }] }, ofContainer);
const withMount = (mount: object) =>
  withVolume({ emptyDir: {} }, { volumeMounts: [{ name: 'data', mountPath: '/data', ...mount }] });
const projected = (source: object) => withVolume({ projected: { sources: [source] } });
const restartOn42 = { action: 'Restart', exitCodes: { operator: 'In', values: [42] } };
const fileKeyRef = { volumeName: 'data', path: 'settings', key: 'A' };
const podCertificate = { signerName: 'example.com/a', keyType: 'ED25519', credentialBundlePath: 'a' };

/** A pod for each gate, which a server takes in any version. */
const pods = [
  pod({ hostUsers: false }),
  pod({ hostUsers: false }, { securityContext: { procMount: 'Unmasked' } }),
  pod({ securityContext: { supplementalGroupsPolicy: 'Strict' } }),
  pod({ securityContext: { seLinuxChangePolicy: 'Recursive' } }),
  pod({}, { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }),
  pod({ resources: { limits: { cpu: '1' } } }),
  pod({ resourceClaims: [{ name: 'a', resourceClaimName: 'b' }] }),
  pod({ hostnameOverride: 'a' }),
  pod({ restartPolicy: 'Never' }, { restartPolicy: 'Never', restartPolicyRules: [restartOn42] }),
  pod({ initContainers: [{ ...container, name: 'proxy', restartPolicy: 'Always' }] }),
  pod({ os: { name: 'linux' } }, { lifecycle: { stopSignal: 'SIGUSR1' } }),
  pod({}, { livenessProbe: { grpc: { port: 1, mode: 'TLS' } } }),
  pod({}, { livenessProbe: { httpGet: { path: '/', port: 1, protocol: 'HTTP2' } } }),
  pod({ schedulingGroup: { podGroupName: 'web' } }),
  pod({ evictionResponders: [{ name: 'example.com/a' }] }),
  withVolume({ image: { reference: 'a' } }),
  withVolume({ emptyDir: {} }, { env: [{ name: 'A', valueFrom: { fileKeyRef } }] }),
  withVolume({ emptyDir: { mode: 0o700 } }),
  withVolume({ secret: { secretName: 'a', defaultUser: 1, items: [{ key: 'a', path: 'a', user: 1 }] } }),
  withVolume({ configMap: { name: 'a', defaultUser: 1 } }),
  projected({ podCertificate }),
  projected({ clusterTrustBundle: { name: 'a', path: 'b' } }),
  projected({ serviceAccountToken: { path: 'a', user: 1 } }),
  withMount({ readOnly: true, recursiveReadOnly: 'Enabled' }),
  withMount({ bindMountOptions: ['noexec'] }),
];

// An API server emulates the three minor versions before its own.
for (const minor of [34, 35, 36, newest]) {
  test(`1.${minor} drops the fields that ${ruleId} names, and no other`, async (context) => {
    const server = await startApiServer(minor === newest ? {} : { emulatedVersion: `1.${minor}` });
    try {
      const dryRun = await dryRunOn(server);
      let dropped = 0;
      const refused: string[] = [];
      for (const object of pods) {
        const verdict = await dryRun.judge(object);
        const sent = JSON.stringify(object.spec);
        if (verdict.kind !== 'accepted') refused.push(sent);
        else {
          const named = namedPaths(object, minor);
          const lost = lostValues(object, verdict.stored);
          dropped += named.length;
          const isUnder = (path: string, field: string) => path === field || path.startsWith(`${field}.`);
          const unnamed = lost.filter((path) => !named.some((field) => isUnder(path, field)));
          const kept = named.filter((field) => !lost.some((path) => isUnder(path, field)));
          assert.deepEqual({ unnamed, kept }, { unnamed: [], kept: [] }, sent);
        }
      }
      context.diagnostic(`${dropped} fields dropped`);
      // A variable whose source is dropped has none.
      assert.ok(refused.length <= 1 && refused.every((sent) => sent.includes('fileKeyRef')), refused.join('\n'));
      assert.ok(dropped > 5, `only ${dropped} fields were dropped`);
    } finally {
      await server.stop();
    }
  });
}

/** Paths of the rule's findings. */
function namedPaths(object: unknown, minor: number): readonly string[] {
  const only = rules.filter(({ id }) => id === ruleId);
  const files = new Map([['object.json', JSON.stringify(object)]]);
  const judged = judge(files, { rules: only, settings: { version: { minor } } });
  return judged.findings('object.json').map(({ place }) => place.path.join('.'));
}

/** Paths of the values that were sent and not stored. */
function lostValues(sent: unknown, stored: unknown, path: readonly string[] = []): readonly string[] {
  if (sent === null || typeof sent !== 'object') return stored === undefined ? [path.join('.')] : [];
  return Object.entries(sent).flatMap(([key, value]) => {
    const kept = (stored as Readonly<Record<string, unknown>> | undefined)?.[key];
    return lostValues(value, kept, [...path, key]);
  });
}
