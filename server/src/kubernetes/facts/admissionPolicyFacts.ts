import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { AdmissionPolicyFact } from './facts.ts';

/** What a policy says about images, in favour of the policy where it cannot be read. */
type Verdict = Pick<AdmissionPolicyFact, 'judgesImages' | 'verifiesSignatures'>;

const both: Verdict = { judgesImages: true, verifiesSignatures: true };

/** Objects by which a cluster decides what it admits: the API server's own, and those of the widespread engines. */
export function admissionPolicyFacts(resource: Resource): readonly AdmissionPolicyFact[] {
  const verdict = verdictOf(resource);
  return verdict === undefined ? [] : [{ ...factBase(resource), type: 'admissionPolicy', ...verdict }];
}

function verdictOf({ group, kind, node, spec }: Resource): Verdict | undefined {
  switch (group) {
    case 'apiserver.config.k8s.io':
      return kind === 'AdmissionConfiguration' ? admissionConfiguration(node) : undefined;
    case 'admissionregistration.k8s.io':
      if (kind === 'ValidatingAdmissionPolicy' || kind === 'MutatingAdmissionPolicy') return byText(spec);
      return kind.endsWith('WebhookConfiguration') && seesPods(node) ? both : undefined;
    case 'templates.gatekeeper.sh':
    case 'policies.kubewarden.io':
      return byText(spec);
    case 'constraints.gatekeeper.sh':
      return { judgesImages: /image|repo|registr/i.test(kind), verifiesSignatures: /signature|ratif/i.test(kind) };
    case 'kyverno.io':
      return kind === 'Policy' || kind === 'ClusterPolicy' ? byText(spec) : undefined;
    case 'policies.kyverno.io':
      return /Image/.test(kind) ? both : byText(spec);
    case 'policy.sigstore.dev':
    case 'config.ratify.dev':
    case 'config.ratify.deislabs.io':
      return both;
    case 'config.openshift.io':
      if (kind === 'Image') return { judgesImages: spec.get('registrySources').isKnown, verifiesSignatures: false };
      return kind.endsWith('ImagePolicy') ? both : undefined;
    default:
      return undefined;
  }
}

/**
 * ImagePolicyWebhook decides about images by definition; what a plugin reads from another file or folder
 * (`staticManifestsDir`, Kubernetes 1.37) may.
 */
function admissionConfiguration(node: ManifestNode): Verdict {
  const mayJudge = node
    .get('plugins')
    .items()
    .some(
      (plugin) =>
        plugin.get('name').string === 'ImagePolicyWebhook' ||
        plugin.get('path').isKnown ||
        plugin.get('configuration', 'staticManifestsDir').isKnown,
    );
  return { judgesImages: mayJudge, verifiesSignatures: mayJudge };
}

/** Policies are programs; one that never writes the word does not look at images. */
function byText(spec: ManifestNode): Verdict {
  const text = JSON.stringify(spec.toJson() ?? '');
  return {
    judgesImages: /image/i.test(text),
    verifiesSignatures: /verifyImages|verifyImageSignatures|cosign|signature|attest|external_data/i.test(text),
  };
}

/** A webhook that is asked about pods may look at anything in them. */
function seesPods(node: ManifestNode): boolean {
  return node.get('webhooks').items().some(isAskedAboutPods);
}

/** @param webhook an item of `webhooks` of a webhook configuration */
export function isAskedAboutPods(webhook: ManifestNode): boolean {
  return webhook
    .get('rules')
    .items()
    .some((rule) =>
      rule
        .get('resources')
        .items()
        .some(({ string = '' }) => string === '*' || string === '*/*' || string === 'pods' || string === 'pods/*'),
    );
}
