import { firstFiled } from '../../kubernetes/index.ts';
import type { FixValue } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/signature-verification-missing',
  summary: 'No admission policy verifies signatures',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'A signature protects nobody as long as nobody looks at it. Kyverno, the policy controller of Sigstore, Connaisseur and Ratify ' +
    'refuse pods whose images are not signed by a known key. Judged is a folder that holds admission policies of a cluster.',
  whenNot: 'Where another repository or the platform verifies signatures, or the images that you run are not signed.',
  references: {
    cis: ['5.5.1'],
    peers: ['C-0236', 'C-0237', 'C-0289'],
    urls: [
      'https://kyverno.io/docs/policy-types/cluster-policy/verify-images/sigstore/',
      'https://docs.sigstore.dev/policy-controller/overview/',
    ],
  },
  fixClass: 'input',
  messages: {
    found:
      'None of the admission policies in this folder verifies signatures, so an image that nobody signed runs too.',
  },
  subject: 'namespace',
  judge({ name, facts }, report) {
    if (name !== '') return;
    const policies = facts.read('admissionPolicy', '');
    const first = firstFiled(policies);
    if (first === undefined || policies.some(({ fact }) => fact.verifiesSignatures)) return;
    report({
      at: { filed: first, path: ['metadata', 'name'] },
      message: 'found',
      // Only where Kyverno is there already can its policy do anything.
      fixes: () => (policies.some(({ fact }) => fact.identity.group.endsWith('kyverno.io')) ? [verifyImages] : []),
    });
  },
});

const policy: FixValue = {
  apiVersion: 'kyverno.io/v1',
  kind: 'ClusterPolicy',
  metadata: { name: 'verify-image-signatures' },
  spec: {
    webhookConfiguration: { failurePolicy: 'Fail' },
    background: false,
    rules: [
      {
        name: 'signed-by-us',
        match: { any: [{ resources: { kinds: ['Pod'] } }] },
        verifyImages: [
          {
            imageReferences: ['REPLACE_WITH_REGISTRY/*'],
            failureAction: 'Enforce',
            mutateDigest: true,
            required: true,
            attestors: [{ entries: [{ keys: { secret: { name: 'cosign-public-key', namespace: 'kyverno' } } }] }],
          },
        ],
      },
    ],
  },
};

const verifyImages: Fix = {
  fixClass: 'input',
  title:
    'Create a Kyverno policy that verifies signatures (replace the registry, and put your public key into its Secret)',
  operations: [{ op: 'createFile', path: 'verify-image-signatures.yaml', documents: [policy] }],
};
