import type { FixValue } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

const placeholder = 'REPLACE_WITH_SECRET_NAME';

/** Kinds with a `verify` block, and the least that it has to hold. A HelmRepository has none: charts are verified by HelmChart. */
const verifyBlocks: Readonly<Record<string, FixValue>> = {
  GitRepository: { mode: 'HEAD', secretRef: { name: placeholder } },
  OCIRepository: { provider: 'cosign', secretRef: { name: placeholder } },
};

export const rule = defineRule({
  id: 'supply-chain/flux-no-verify',
  summary: 'Flux source that is not verified',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'Flux applies what its sources hold. With a `verify` block it takes only commits or artifacts that carry a signature of a known ' +
    'key, so that somebody who gets at the repository or registry still cannot deploy. With `insecure: true` not even the connection is protected.',
  whenNot: 'Where branch protection or the registry already lets through nothing that is unsigned.',
  references: {
    urls: [
      'https://fluxcd.io/flux/components/source/ocirepositories/#verification',
      'https://fluxcd.io/flux/components/source/gitrepositories/#verification',
    ],
  },
  fixClass: 'input',
  messages: {
    unverified:
      '{kind} "{name}" is applied without a look at signatures, so whoever gets at it deploys to the cluster.',
    insecure: '{kind} "{name}" is fetched over plain HTTP, so anybody on the way may change what is deployed.',
  },
  subject: 'resource',
  kinds: [
    'Bucket.source.toolkit.fluxcd.io',
    'GitRepository.source.toolkit.fluxcd.io',
    'HelmRepository.source.toolkit.fluxcd.io',
    'OCIRepository.source.toolkit.fluxcd.io',
  ],
  judge({ kind, name, spec }, report) {
    const args = { kind, name };
    const insecure = spec.get('insecure');
    if (insecure.boolean === true) {
      report({
        at: insecure,
        message: 'insecure',
        args,
        severity: 'error',
        fixes: () => [
          {
            fixClass: 'review',
            title: 'Remove insecure: true (the other end must speak TLS)',
            operations: [{ op: 'remove', node: insecure }],
            isPreferred: true,
          },
        ],
      });
    }
    const verify = spec.get('verify');
    const block = verifyBlocks[kind];
    if (block === undefined || !verify.isMissing || !spec.isKnown) return;
    report({
      at: verify,
      message: 'unverified',
      args,
      fixes: () => [
        {
          fixClass: 'input',
          title: 'Verify signatures (name the Secret with the public keys)',
          operations: [{ op: 'set', node: verify, value: block }],
        },
      ],
    });
  },
});
