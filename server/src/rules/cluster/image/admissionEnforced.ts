import {
  apiServerFlags,
  type ClusterEvidence,
  enforcementOf,
  isAskedAboutPods,
  looksAtImages,
  type Resource,
  type Seen,
} from '../../../kubernetes/index.ts';
import type { CheckOutcome, ClusterCheck } from '../clusterCheck.ts';
import {
  fail,
  fewOf,
  identityOf,
  mayList,
  mayReadFlags,
  notVerifiable,
  pass,
  unseenOf,
  unseenOutcome,
} from '../outcomes.ts';

/** Cluster-wide kinds whose objects decide about images, with their plurals. */
const policyKinds = [
  ['ValidatingAdmissionPolicy', 'admissionregistration.k8s.io', 'validatingadmissionpolicies'],
  ['ClusterPolicy', 'kyverno.io', 'clusterpolicies'],
  ['ImageValidatingPolicy', 'policies.kyverno.io', 'imagevalidatingpolicies'],
  ['ClusterImagePolicy', 'policy.sigstore.dev', 'clusterimagepolicies'],
  ['ConstraintTemplate', 'templates.gatekeeper.sh', 'constrainttemplates'],
] as const;

export const admissionEnforced: ClusterCheck = {
  id: 'image/admission-enforced',
  answersFor: ['image/no-registry-policy'],
  guide: 5,
  summary: 'A policy decides which images may run, and refuses the others',
  evidence: 'admission policies and their bindings, webhooks, the flags of the API servers',
  severity: 'info',
  why: 'A scanner in the pipeline sees what goes through the pipeline. Only admission sees every image, whoever brings it, and only a policy that denies keeps one out.',
  references: ['CIS 5.5.1', 'C-0237'],
  needs: [
    ...policyKinds.map(([, group, resource]) => mayList(group, resource)),
    mayList('admissionregistration.k8s.io', 'validatingadmissionpolicybindings'),
    mayList('admissionregistration.k8s.io', 'validatingwebhookconfigurations'),
    mayList('', 'namespaces'),
    mayList('', 'pods'),
    mayList('', 'nodes'),
    mayReadFlags,
  ],
  judge(evidence) {
    const policies = policyKinds.map(([kind, group]) => evidence.resources(`${kind}.${group}`));
    const found = policies.flatMap(seenOf).filter(looksAtImages);
    const bindings = evidence.resources('ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io');
    const judged = found.map((policy) => ({ policy, enforcement: enforcementOf(policy, seenOf(bindings)) }));
    const denying = judged.filter(({ enforcement }) => enforcement === 'denies').map(({ policy }) => policy);
    if (denying.length > 0) return outcomeOfDenying(evidence, denying);
    if (hasImagePolicyWebhook(evidence)) return pass('The admission plugin ImagePolicyWebhook asks about every image.');
    const unknown = judged.filter(({ enforcement }) => enforcement === 'unknown');
    if (unknown.length > 0) {
      return notVerifiable(
        `${namesOf(unknown.map(({ policy }) => policy))} can decide about images; whether its constraints deny is not read here.`,
        ['The field enforcementAction of its constraints shows it.'],
      );
    }
    const hidden = unseenOf(...policies, bindings).filter(({ cause }) => cause !== 'absent');
    if (hidden.length > 0) return unseenOutcome(...hidden);
    if (judged.length > 0) {
      return fail(
        ...judged.map(({ policy }) => ({
          message: `${policy.kind} ${policy.name} judges images but only reports what it objects to, so every image runs.`,
          severity: 'warning' as const,
          object: identityOf(policy),
        })),
      );
    }
    const webhook = foreignWebhook(evidence);
    if (webhook !== undefined) {
      return notVerifiable(
        `The webhook ${webhook.name} is asked about pods; whether it looks at their images is not visible.`,
      );
    }
    return fail({
      message:
        'No policy of the whole cluster decides at admission which images may run, so any image of any registry does.',
    });
  },
};

function seenOf(seen: Seen<readonly Resource[]>): readonly Resource[] {
  return seen.kind === 'seen' ? seen.value : [];
}

function namesOf(policies: readonly Resource[]): string {
  return fewOf(policies.map(({ kind, name }) => `${kind} ${name}`));
}

function hasImagePolicyWebhook(evidence: ClusterEvidence): boolean {
  return apiServerFlags(evidence).some((server) =>
    server.list('enable-admission-plugins').includes('ImagePolicyWebhook'),
  );
}

/** A policy denies as long as somebody carries it out: sigstore's where a namespace asks for it, an engine's while it answers. */
function outcomeOfDenying(evidence: ClusterEvidence, denying: readonly Resource[]): CheckOutcome {
  const failures = webhooksOf(evidence)
    .filter(
      (configuration) =>
        /kyverno|policy\.sigstore\.dev|gatekeeper/.test(configuration.name) && failsOpen(configuration),
    )
    .map((configuration) => ({
      message: `The webhook ${configuration.name} lets everything in while it does not answer (failurePolicy: Ignore), so whoever stops it runs any image.`,
      object: identityOf(configuration),
    }));
  if (denying.every(({ kind }) => kind === 'ClusterImagePolicy') && !asksForSigstore(evidence)) {
    return notVerifiable(
      `${namesOf(denying)} refuses images, but only in namespaces that ask for it with the label ${sigstoreLabel}, and none was seen that does.`,
      [mayList('', 'namespaces')],
    );
  }
  const isBuiltIn = denying.some(({ kind }) => kind === 'ValidatingAdmissionPolicy');
  return failures.length > 0 && !isBuiltIn ? fail(...failures) : pass(`${namesOf(denying)} refuses images.`);
}

/** github.com/sigstore/policy-controller, README: namespaces opt in unless its webhook is configured otherwise. */
const sigstoreLabel = 'policy.sigstore.dev/include';

function asksForSigstore(evidence: ClusterEvidence): boolean {
  return seenOf(evidence.resources('Namespace')).some(({ labels }) => labels.get(sigstoreLabel) === 'true');
}

function webhooksOf(evidence: ClusterEvidence): readonly Resource[] {
  return seenOf(evidence.resources('ValidatingWebhookConfiguration.admissionregistration.k8s.io'));
}

/** Every webhook that is asked about pods may be skipped. */
function failsOpen({ node }: Resource): boolean {
  const asked = node.get('webhooks').items().filter(isAskedAboutPods);
  return asked.length > 0 && asked.every((webhook) => webhook.get('failurePolicy').string === 'Ignore');
}

function foreignWebhook(evidence: ClusterEvidence): Resource | undefined {
  return webhooksOf(evidence).find(({ node }) => node.get('webhooks').items().some(isAskedAboutPods));
}
