import { firstFiled } from '../../kubernetes/index.ts';
import type { FixValue } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/no-registry-policy',
  summary: 'No admission policy restricts registries',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'What a repository says about images binds nobody who talks to the API server directly. An admission policy does: it lets pods in ' +
    'only with images from registries that somebody vouches for. Judged is a folder that holds admission policies of a cluster, none of which looks at images.',
  whenNot: 'Where another repository or the platform restricts registries.',
  references: {
    peers: ['C-0078'],
    urls: ['https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/'],
  },
  fixClass: 'input',
  reveals: ['admission/vap-not-deny'],
  messages: {
    found: 'None of the admission policies in this folder looks at images, so pods may run images from any registry.',
  },
  subject: 'namespace',
  judge({ name, facts }, report) {
    if (name !== '') return;
    const policies = facts.read('admissionPolicy', '');
    const first = firstFiled(policies);
    if (first === undefined || policies.some(({ fact }) => fact.judgesImages)) return;
    report({ at: { filed: first, path: ['metadata', 'name'] }, message: 'found', fixes: () => [registryPolicy] });
  },
});

const prefix = 'REPLACE_WITH_REGISTRY/';

/** Every place of a pod that names an image: three lists of containers, and image volumes. */
const validations = [
  `object.spec.containers.all(c, c.image.startsWith("${prefix}"))`,
  `!has(object.spec.initContainers) || object.spec.initContainers.all(c, c.image.startsWith("${prefix}"))`,
  `!has(object.spec.ephemeralContainers) || object.spec.ephemeralContainers.all(c, c.image.startsWith("${prefix}"))`,
  `!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.image) || v.image.reference.startsWith("${prefix}"))`,
].map((expression) => ({ expression, message: `Images must come from ${prefix}` }));

const policy: FixValue = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'allowed-registries' },
  spec: {
    failurePolicy: 'Fail',
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['pods', 'pods/ephemeralcontainers'],
        },
      ],
    },
    validations,
  },
};

/** It warns and notes at first: with Deny a forgotten placeholder would let no pod in. */
const binding: FixValue = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'allowed-registries' },
  spec: { policyName: 'allowed-registries', validationActions: ['Warn', 'Audit'] },
};

const registryPolicy: Fix = {
  fixClass: 'input',
  title: 'Create a policy that warns of images from other registries (replace the registry, then deny)',
  operations: [{ op: 'createFile', path: 'allowed-registries.yaml', documents: [policy, binding] }],
};
