import { type SignatureGap, signatureKinds, type WeakSignature, weakSignaturesOf } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

const titles: Readonly<Record<SignatureGap, string>> = {
  audit: 'Enforce the policy',
  required: 'Require that matching images are verified',
  digest: 'Replace the tags of verified images by their digests',
  attestors: '',
  log: 'Ask the transparency log',
  keyLog: 'Ask the transparency log',
  anyone: '',
  pass: '',
};

export const rule = defineRule({
  id: 'image/signature-policy-weak',
  summary: 'Signature policy lets unsigned images in',
  severity: 'warning',
  profile: 'restricted',
  guide: 5,
  why:
    'A policy that verifies signatures protects only if it refuses what does not verify, names whose signature counts, and makes sure that ' +
    'the image that was verified is the one that is pulled.',
  whenNot:
    'While a policy is being tried out, and for images that have to run unsigned. Clusters without a way out cannot ask a public ' +
    'transparency log.',
  references: {
    urls: [
      'https://kyverno.io/docs/policy-types/cluster-policy/verify-images/',
      'https://docs.sigstore.dev/policy-controller/overview/',
    ],
  },
  fixClass: 'review',
  messages: {
    audit: 'The policy only reports images whose signature does not verify, and lets them in.',
    required: 'The policy does not require that matching images have been verified, and lets others in.',
    digest:
      'The policy neither sets nor asks for a digest, so that another image may be pulled than the one it verified.',
    attestors: 'The policy does not say whose signature an image must have, so nothing is verified.',
    log: 'The transparency log is not asked, and without it nothing shows that a short-lived certificate was valid when it signed.',
    keyLog: 'The transparency log is not asked, so that nobody notices what is signed with a stolen key.',
    anyone: 'Everybody with an account at the issuer may have signed the image, since any subject will do.',
    pass: 'The policy matches every image and lets it in without a signature.',
  },
  subject: 'resource',
  kinds: signatureKinds,
  judge(resource, report) {
    for (const weak of weakSignaturesOf(resource)) {
      report({
        at: weak.at,
        message: weak.gap,
        ...(weak.gap === 'keyLog' ? { severity: 'info' } : {}),
        fixes: () => closeGap(weak),
      });
    }
  },
});

function closeGap({ gap, operation }: WeakSignature): readonly Fix[] {
  if (operation === undefined) return [];
  return [
    {
      fixClass: 'review',
      title: `${titles[gap]} (images that do not verify are refused from then on)`,
      operations: [operation],
      isPreferred: true,
    },
  ];
}
