// What the fixes make of a ValidatingAdmissionPolicy about images, judged by the API server that evaluates it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { parseManifest } from '../../../server/src/manifest/index.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { fixEverything, judge } from '../../support/judgedWorkspace.ts';
import type { Cluster } from '../apiServer/cluster.ts';
import { sharedCluster } from '../apiServer/sharedCluster.ts';

const name = 'image-policy';

/** A literal star, `containers` alone, and pods only when they are created. */
const written = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: ${name}
spec:
  matchConstraints:
    resourceRules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [CREATE]
        resources: [pods]
  validations:
    - expression: object.spec.containers.all(c, c.image == 'registry.example.com/*')
`;

const trusted = { name: 'web', image: 'registry.example.com/team/web:1.2' };
const foreign = { name: 'other', image: 'registry.example.com.evil.io/x:1' };

describe('a policy about images that the fixes have mended', () => {
  let cluster: Cluster;
  const policies = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
  const bindings = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';
  const pods = `/api/v1/namespaces/${name}/pods`;

  const isAdmitted = async (spec: object): Promise<boolean> => {
    const pod = { metadata: { name: 'tried' }, spec };
    const { status, body } = await cluster.admin.send('POST', `${pods}?dryRun=All`, pod);
    if (status === 201) return true;
    assert.match(JSON.stringify(body), new RegExp(`ValidatingAdmissionPolicy '${name}'`));
    return false;
  };

  before(async () => {
    cluster = await sharedCluster();
    await cluster.createNamespace(name);
    const policyRules = rules.filter(({ id }) => id.startsWith('image/rego-'));
    const fixed = fixEverything(judge(new Map([['policy.yaml', written]]), { rules: policyRules })).get('policy.yaml');
    const policy = parseManifest(fixed ?? '').documents[0]?.root.toJson();
    const created = await cluster.admin.send('POST', policies, policy);
    assert.equal(created.status, 201, JSON.stringify(created.body));
    const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': name } };
    const binding = {
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'], matchResources: { namespaceSelector } },
    };
    assert.equal((await cluster.admin.send('POST', bindings, binding)).status, 201);
    // A policy takes effect a little after it has been stored.
    for (let round = 0; round < 100 && (await isAdmitted({ containers: [foreign] })); round++) await setTimeout(100);
  });

  after(async () => {
    for (const path of [`${bindings}/${name}`, `${policies}/${name}`, `${pods}/running?gracePeriodSeconds=0`])
      await cluster.admin.send('DELETE', path);
    cluster.close();
  });

  test('lets in what comes from the registry', async () => {
    assert.equal(await isAdmitted({ containers: [trusted] }), true);
    const volumes = [
      { name: 'cache', emptyDir: {} },
      { name: 'models', image: { reference: trusted.image } },
    ];
    assert.equal(
      await isAdmitted({ containers: [trusted], initContainers: [{ ...trusted, name: 'init' }], volumes }),
      true,
    );
  });

  test('keeps out what does not, wherever a pod names it', async () => {
    assert.equal(await isAdmitted({ containers: [foreign] }), false);
    assert.equal(await isAdmitted({ containers: [trusted, { name: 'other', image: 'nginx' }] }), false);
    assert.equal(await isAdmitted({ containers: [trusted], initContainers: [foreign] }), false);
    const volumes = [{ name: 'models', image: { reference: foreign.image } }];
    assert.equal(await isAdmitted({ containers: [trusted], volumes }), false);
  });

  test('judges ephemeral containers, which are added later', async () => {
    const running = { metadata: { name: 'running' }, spec: { containers: [trusted] } };
    const { status, body } = await cluster.admin.send('POST', pods, running);
    assert.equal(status, 201, JSON.stringify(body));
    const pod = body as { readonly spec: object };
    const withEphemeral = async (container: object): Promise<number> => {
      const changed = { ...pod, spec: { ...pod.spec, ephemeralContainers: [container] } };
      return (await cluster.admin.send('PUT', `${pods}/running/ephemeralcontainers?dryRun=All`, changed)).status;
    };
    assert.equal(await withEphemeral({ ...trusted, name: 'debug' }), 200);
    assert.equal(await withEphemeral(foreign), 422);
  });
});
