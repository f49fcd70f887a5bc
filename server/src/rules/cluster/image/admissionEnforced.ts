import {
  apiServerFlags,
  type ClusterEvidence,
  type Enforcement,
  enforcementsOf,
  isAskedAboutPods,
  isSystemNamespace,
  looksAtImages,
  type Resource,
  resourceIdentity,
  type Seen,
  sigstoreLabel,
} from '../../../kubernetes/index.ts';
import { type Argument, type Sentence, sentence } from '../../../sentences/index.ts';
import type { CheckFailure, CheckOutcome, ClusterCheck } from '../clusterCheck.ts';
import {
  fail,
  fewOf,
  flagsReadFrom,
  mayList,
  notVerifiable,
  pass,
  passIfAllRead,
  unseenOf,
  unseenOutcome,
} from '../outcomes.ts';

/** Kinds whose objects decide about images, with their plurals. */
const policyKinds = [
  ['ValidatingAdmissionPolicy', 'admissionregistration.k8s.io', 'validatingadmissionpolicies'],
  ['ClusterPolicy', 'kyverno.io', 'clusterpolicies'],
  ['Policy', 'kyverno.io', 'policies'],
  ['ValidatingPolicy', 'policies.kyverno.io', 'validatingpolicies'],
  ['NamespacedValidatingPolicy', 'policies.kyverno.io', 'namespacedvalidatingpolicies'],
  ['ImageValidatingPolicy', 'policies.kyverno.io', 'imagevalidatingpolicies'],
  ['NamespacedImageValidatingPolicy', 'policies.kyverno.io', 'namespacedimagevalidatingpolicies'],
  ['ClusterAdmissionPolicy', 'policies.kubewarden.io', 'clusteradmissionpolicies'],
  ['AdmissionPolicy', 'policies.kubewarden.io', 'admissionpolicies'],
  ['ClusterImagePolicy', 'policy.sigstore.dev', 'clusterimagepolicies'],
  ['ConstraintTemplate', 'templates.gatekeeper.sh', 'constrainttemplates'],
  ['ClusterImagePolicy', 'config.openshift.io', 'clusterimagepolicies'],
  ['ImagePolicy', 'config.openshift.io', 'imagepolicies'],
  ['Image', 'config.openshift.io', 'images'],
] as const;

const admission = 'admissionregistration.k8s.io';

export const admissionEnforced: ClusterCheck = {
  id: 'image/admission-enforced',
  answersFor: ['image/no-registry-policy'],
  guide: 5,
  summary: 'A policy decides which images may run, and refuses the others',
  evidence:
    'admission policies with their bindings and constraints, the namespaces in which they hold, webhooks, the flags of the API servers',
  severity: 'info',
  why: 'A scanner in the pipeline sees what goes through the pipeline. Only admission sees every image, whoever brings it, and only a policy that denies keeps one out.',
  references: ['CIS 5.5.1', 'C-0237'],
  needs: [
    ...policyKinds.map(([, group, resource]) => mayList(group, resource)),
    mayList(admission, 'validatingadmissionpolicybindings'),
    mayList('constraints.gatekeeper.sh', '*'),
    mayList(admission, 'validatingwebhookconfigurations'),
    mayList(admission, 'mutatingwebhookconfigurations'),
    mayList('', 'namespaces'),
    ...flagsReadFrom,
  ],
  judge(evidence) {
    const policies = policyKinds.map(([kind, group]) => evidence.resources(`${kind}.${group}`));
    const bindings = evidence.resources(`ValidatingAdmissionPolicyBinding.${admission}`);
    const constraints = evidence.resources('*.constraints.gatekeeper.sh');
    const uses = { bindings: seenOf(bindings), constraints: seenOf(constraints) };
    const judged = policies
      .flatMap(seenOf)
      .filter(looksAtImages)
      .flatMap((policy) => enforcementsOf(policy, uses).map((enforcement) => ({ policy, enforcement })));
    const everywhere = judged.filter(({ enforcement }) => enforcement.kind === 'denies' && !enforcement.holdsIn);
    if (everywhere.length > 0) return denyingEverywhere(evidence, everywhere);
    const other = otherEnforcer(evidence);
    if (other !== undefined) return pass(other);
    const inSome = judged.filter(({ enforcement }) => enforcement.kind === 'denies');
    if (inSome.length > 0) return denyingInSome(evidence, inSome);
    const hidden = unseenOf(...policies, bindings, constraints).filter(({ cause }) => cause !== 'absent');
    if (hidden.length > 0) return unseenOutcome(...hidden);
    if (judged.length > 0) return fail(...judged.map(withoutEffect));
    const webhook = foreignWebhook(evidence);
    if (webhook !== undefined) {
      return notVerifiable(
        sentence('The webhook {webhook} is asked about pods; whether it looks at their images is not visible.', {
          webhook: webhook.name,
        }),
      );
    }
    return fail({
      message: sentence(
        'No policy of the whole cluster decides at admission which images may run, so any image of any registry does.',
      ),
    });
  },
};

interface JudgedPolicy {
  readonly policy: Resource;
  readonly enforcement: Enforcement;
}

function seenOf(seen: Seen<readonly Resource[]>): readonly Resource[] {
  return seen.kind === 'seen' ? seen.value : [];
}

function namesOf(policies: readonly JudgedPolicy[]): Argument {
  return fewOf(
    policies.map(
      ({ policy: { kind, namespace, name } }) => `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`,
    ),
  );
}

function withoutEffect({ policy, enforcement }: JudgedPolicy): CheckFailure {
  const { kind, name } = policy;
  const message =
    enforcement.kind === 'idle'
      ? sentence('{kind} {name} judges images, but nothing puts it to work, so every image runs.', { kind, name })
      : sentence('{kind} {name} judges images but only reports what it objects to, so every image runs.', {
          kind,
          name,
        });
  return { message, severity: 'warning', object: resourceIdentity(policy) };
}

/** The admission plugin ImagePolicyWebhook, and Connaisseur, which decides in a webhook that changes (its chart names it). */
function otherEnforcer(evidence: ClusterEvidence): Sentence | undefined {
  const hasPlugin = apiServerFlags(evidence).some((server) =>
    server.list('enable-admission-plugins').includes('ImagePolicyWebhook'),
  );
  if (hasPlugin) return sentence('The admission plugin ImagePolicyWebhook asks about every image.');
  const connaisseur = seenOf(evidence.resources(`MutatingWebhookConfiguration.${admission}`)).find(
    (configuration) => configuration.name === 'connaisseur-webhook' && !failsOpen(configuration),
  );
  return connaisseur === undefined ? undefined : sentence('Connaisseur verifies the signatures of images.');
}

/** A policy denies as long as somebody carries it out: an engine's while it answers. */
function denyingEverywhere(evidence: ClusterEvidence, denying: readonly JudgedPolicy[]): CheckOutcome {
  const failures = webhooksOf(evidence)
    .filter((configuration) => /kyverno|gatekeeper|kubewarden/.test(configuration.name) && failsOpen(configuration))
    .map((configuration) => ({
      message: sentence(
        'The webhook {webhook} lets everything in while it does not answer (failurePolicy: Ignore), so whoever stops it runs any image.',
        { webhook: configuration.name },
      ),
      object: resourceIdentity(configuration),
    }));
  const isBuiltIn = denying.some(({ policy: { group } }) => group === admission || group === 'config.openshift.io');
  return failures.length > 0 && !isBuiltIn
    ? fail(...failures)
    : pass(sentence('{policies} refuses images.', { policies: namesOf(denying) }));
}

/** In namespaces that a policy selects, or that ask for it as sigstore's are asked for. */
function denyingInSome(evidence: ClusterEvidence, denying: readonly JudgedPolicy[]): CheckOutcome {
  const { pods } = evidence;
  const namespaces = evidence.resources('Namespace');
  const needs = [mayList('', 'namespaces'), mayList('', 'pods')];
  if (namespaces.kind === 'unseen' || pods.kind === 'unseen') {
    return notVerifiable(
      sentence('{policies} refuses images in some namespaces; whether in all with pods is not visible.', {
        policies: namesOf(denying),
      }),
      needs,
    );
  }
  const used = new Set(pods.value.map(({ namespace }) => namespace));
  const withPods = namespaces.value.filter(({ name }) => used.has(name) && !isSystemNamespace(name));
  const open = withPods.filter(
    (namespace) =>
      !denying.some(({ enforcement }) => enforcement.kind === 'denies' && enforcement.holdsIn?.(namespace) !== false),
  );
  if (open.length === 0) {
    const because = sentence('{policies} refuses images in every namespace in which pods run.', {
      policies: namesOf(denying),
    });
    return passIfAllRead(because, needs, namespaces, pods);
  }
  if (open.length === withPods.length && denying.every(({ policy: { group } }) => group === 'policy.sigstore.dev')) {
    return notVerifiable(
      sentence(
        '{policies} refuses images, but only in namespaces that ask for it with the label {label}, and none was seen that does.',
        { policies: namesOf(denying), label: sigstoreLabel },
      ),
      [mayList('', 'namespaces')],
    );
  }
  const policies = namesOf(denying);
  const names = open.map(({ name }) => name);
  return fail({
    message:
      open.length === 1
        ? sentence('{policies} refuses images, but not in namespace {names}, where any image runs.', {
            policies,
            names,
          })
        : sentence('{policies} refuses images, but not in namespaces {names}, where any image runs.', {
            policies,
            names: fewOf(names),
          }),
  });
}

function webhooksOf(evidence: ClusterEvidence): readonly Resource[] {
  return seenOf(evidence.resources(`ValidatingWebhookConfiguration.${admission}`));
}

/** Every webhook that is asked about pods may be skipped. */
function failsOpen({ node }: Resource): boolean {
  const asked = node.get('webhooks').items().filter(isAskedAboutPods);
  return asked.length > 0 && asked.every((webhook) => webhook.get('failurePolicy').string === 'Ignore');
}

function foreignWebhook(evidence: ClusterEvidence): Resource | undefined {
  return webhooksOf(evidence).find(({ node }) => node.get('webhooks').items().some(isAskedAboutPods));
}
