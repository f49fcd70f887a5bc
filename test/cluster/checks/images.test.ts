// What decides which images may run, and which run.
import type { PodGroup, RawObject } from '../../../server/src/kubernetes/index.ts';
import { evidence, type Known, podGroup, seen, table } from './evidence.ts';

const object = (apiVersion: string, kind: string, name: string, spec: RawObject): RawObject => ({
  apiVersion,
  kind,
  metadata: { name },
  spec,
});
const admission = 'admissionregistration.k8s.io';
const policy = object(`${admission}/v1`, 'ValidatingAdmissionPolicy', 'images', {
  validations: [{ expression: "object.spec.containers.all(c, c.image.startsWith('registry.example/'))" }],
});
const replicas = object(`${admission}/v1`, 'ValidatingAdmissionPolicy', 'replicas', {
  validations: [{ expression: 'object.spec.replicas <= 5' }],
});
const binding = (...validationActions: readonly string[]) =>
  object(`${admission}/v1`, 'ValidatingAdmissionPolicyBinding', 'images', { policyName: 'images', validationActions });
const kyverno = (validationFailureAction: string) =>
  object('kyverno.io/v1', 'ClusterPolicy', 'signed', {
    validationFailureAction,
    rules: [{ verifyImages: [{ imageReferences: ['*'] }] }],
  });
const byRule = object('kyverno.io/v1', 'ClusterPolicy', 'signed', {
  rules: [{ verifyImages: [{ imageReferences: ['*'], failureAction: 'Enforce' }] }],
});
const sigstore = (mode: string) => object('policy.sigstore.dev/v1beta1', 'ClusterImagePolicy', 'signed', { mode });
const included: RawObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'policy.sigstore.dev/include': 'true' } },
};
const template = object('templates.gatekeeper.sh/v1', 'ConstraintTemplate', 'k8sallowedrepos', {
  crd: { spec: { names: { kind: 'K8sAllowedRepos' } } },
  targets: [{ rego: 'violation { input.review.object.spec.containers[_].image }' }],
});
const webhook = (name: string, failurePolicy: string): RawObject => ({
  apiVersion: `${admission}/v1`,
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name },
  webhooks: [{ name: 'w', failurePolicy, rules: [{ resources: ['pods'] }] }],
});

const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): RawObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
});
/** Pods run in `shop` and `blog`. */
const inTwo = (...objects: readonly RawObject[]): Known => ({
  ...cluster(namespace('shop'), namespace('blog'), ...objects),
  pods: seen([podGroup('web'), podGroup('blog', { namespace: 'blog' }), podGroup('dns', { namespace: 'kube-system' })]),
});
const inNamespace = (apiVersion: string, kind: string, spec: RawObject, name = 'shop'): RawObject => ({
  apiVersion,
  kind,
  metadata: { name: 'images', namespace: name },
  spec,
});
const without = (kind: string, { objects = {}, ...known }: Known): Known => ({
  ...known,
  objects: Object.fromEntries(Object.entries(objects).filter(([groupKind]) => groupKind !== kind)),
});
const constraint = (spec: RawObject): RawObject =>
  object('constraints.gatekeeper.sh/v1beta1', 'K8sAllowedRepos', 'repos', spec);
const verifies = { rules: [{ verifyImages: [{ imageReferences: ['*'], failureAction: 'Enforce' }] }] };

const cluster = (...objects: readonly RawObject[]): Known => {
  const of = (kind: string) => objects.filter((one) => one.kind === kind);
  return {
    pods: seen([]),
    objects: {
      Namespace: of('Namespace'),
      'ValidatingAdmissionPolicy.admissionregistration.k8s.io': of('ValidatingAdmissionPolicy'),
      'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io': of('ValidatingAdmissionPolicyBinding'),
      'ValidatingWebhookConfiguration.admissionregistration.k8s.io': of('ValidatingWebhookConfiguration'),
      'MutatingWebhookConfiguration.admissionregistration.k8s.io': of('MutatingWebhookConfiguration'),
      'ClusterPolicy.kyverno.io': of('ClusterPolicy'),
      'Policy.kyverno.io': of('Policy'),
      'ValidatingPolicy.policies.kyverno.io': of('ValidatingPolicy'),
      'NamespacedValidatingPolicy.policies.kyverno.io': of('NamespacedValidatingPolicy'),
      'ImageValidatingPolicy.policies.kyverno.io': of('ImageValidatingPolicy'),
      'NamespacedImageValidatingPolicy.policies.kyverno.io': of('NamespacedImageValidatingPolicy'),
      'ClusterAdmissionPolicy.policies.kubewarden.io': of('ClusterAdmissionPolicy'),
      'AdmissionPolicy.policies.kubewarden.io': of('AdmissionPolicy'),
      'ClusterImagePolicy.policy.sigstore.dev': of('ClusterImagePolicy').filter(isOf('policy.sigstore.dev')),
      'ConstraintTemplate.templates.gatekeeper.sh': of('ConstraintTemplate'),
      '*.constraints.gatekeeper.sh': objects.filter(isOf('constraints.gatekeeper.sh')),
      'ClusterImagePolicy.config.openshift.io': of('ClusterImagePolicy').filter(isOf('config.openshift.io')),
      'ImagePolicy.config.openshift.io': of('ImagePolicy'),
      'Image.config.openshift.io': of('Image'),
    },
  };
};
const isOf =
  (group: string) =>
  ({ apiVersion }: RawObject): boolean =>
    String(apiVersion).startsWith(`${group}/`);
const plugins = seen(new Map([['enable-admission-plugins', '[NodeRestriction,ImagePolicyWebhook]']]));
table('image/admission-enforced', [
  ['a policy that denies', cluster(policy, binding('Deny')), /^pass: ValidatingAdmissionPolicy images refuses/],
  ['one that warns', cluster(policy, binding('Warn', 'Audit')), /^fail warning: .*only reports/],
  ['one that nobody bound', cluster(policy), /^fail warning: .*nothing puts it to work/],
  [
    'one that is bound in one namespace',
    inTwo(
      policy,
      object(`${admission}/v1`, 'ValidatingAdmissionPolicyBinding', 'images', {
        policyName: 'images',
        validationActions: ['Deny'],
        matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
      }),
    ),
    /^fail: ValidatingAdmissionPolicy images refuses images, but not in namespace blog/,
  ],
  ['one about something else', cluster(replicas), /^fail: No policy/],
  ['Kyverno that enforces', cluster(kyverno('Enforce')), /^pass: ClusterPolicy signed/],
  ['Kyverno that enforces by rule', cluster(byRule), /^pass: /],
  ['Kyverno that audits', cluster(kyverno('Audit')), /^fail warning: /],
  [
    'Kyverno that may be skipped',
    cluster(kyverno('Enforce'), webhook('kyverno-resource-validating-webhook-cfg', 'Ignore')),
    /^fail: .*failurePolicy: Ignore/,
  ],
  [
    'Kyverno that may not',
    cluster(kyverno('Enforce'), webhook('kyverno-resource-validating-webhook-cfg', 'Fail')),
    /^pass: /,
  ],
  ['sigstore', { ...cluster(sigstore('enforce'), included), pods: seen([podGroup('web')]) }, /^pass: /],
  ['sigstore that no namespace asks for', inTwo(sigstore('enforce')), /^notVerifiable: .*none was seen/],
  [
    'sigstore that one of two asks for',
    {
      ...cluster(sigstore('enforce'), included, namespace('blog')),
      pods: seen([podGroup('web'), podGroup('blog', { namespace: 'blog' })]),
    },
    /^fail: .*not in namespace blog/,
  ],
  ['sigstore that warns', cluster(sigstore('warn')), /^fail warning: /],
  ['Gatekeeper without a constraint', cluster(template), /^fail warning: ConstraintTemplate .*nothing puts it to work/],
  ['a constraint that denies', cluster(template, constraint({})), /^pass: ConstraintTemplate k8sallowedrepos/],
  ['a constraint that warns', cluster(template, constraint({ enforcementAction: 'warn' })), /^fail warning: .*reports/],
  [
    'a constraint that denies at admission',
    cluster(
      template,
      constraint({
        enforcementAction: 'scoped',
        scopedEnforcementActions: [{ action: 'deny', enforcementPoints: [{ name: 'validation.gatekeeper.sh' }] }],
      }),
    ),
    /^pass: /,
  ],
  [
    'a constraint that denies in audits only',
    cluster(
      template,
      constraint({
        enforcementAction: 'scoped',
        scopedEnforcementActions: [{ action: 'deny', enforcementPoints: [{ name: 'audit.gatekeeper.sh' }] }],
      }),
    ),
    /^fail warning: /,
  ],
  [
    'a constraint that leaves namespaces out',
    inTwo(template, constraint({ match: { excludedNamespaces: ['kube-*', 'bl*'] } })),
    /^fail: .*not in namespace blog/,
  ],
  [
    'a constraint for some of them',
    inTwo(template, constraint({ match: { namespaces: ['shop', '*log'] } })),
    /^pass: /,
  ],
  [
    'constraints that may not be read',
    without('*.constraints.gatekeeper.sh', cluster(template)),
    /^notVerifiable: You may not read \*\.constraints\.gatekeeper\.sh/,
  ],
  [
    'Gatekeeper that may be skipped',
    cluster(template, constraint({}), webhook('gatekeeper-validating-webhook-configuration', 'Ignore')),
    /^fail: .*failurePolicy: Ignore/,
  ],
  [
    'Kyverno in one of two namespaces',
    inTwo(inNamespace('kyverno.io/v1', 'Policy', verifies)),
    /^fail: Policy shop\/images refuses images, but not in namespace blog/,
  ],
  [
    'Kyverno in each of them',
    inTwo(
      inNamespace('kyverno.io/v1', 'Policy', verifies),
      inNamespace('policies.kyverno.io/v1', 'NamespacedImageValidatingPolicy', {}, 'blog'),
    ),
    /^pass: .* in every namespace in which pods run/,
  ],
  [
    'Kyverno in one, with namespaces out of sight',
    { ...inTwo(inNamespace('kyverno.io/v1', 'Policy', verifies)), pods: evidence({}).pods },
    /^notVerifiable: .*whether in all/,
  ],
  [
    'Kyverno by CEL',
    cluster(object('policies.kyverno.io/v1', 'ValidatingPolicy', 'repos', { validations: [{ expression: 'image' }] })),
    /^pass: /,
  ],
  [
    'Kyverno by CEL, in audits',
    cluster(object('policies.kyverno.io/v1', 'ImageValidatingPolicy', 'signed', { validationActions: ['Audit'] })),
    /^fail warning: /,
  ],
  [
    'Kyverno by CEL, not at admission',
    cluster(
      object('policies.kyverno.io/v1', 'ImageValidatingPolicy', 'signed', {
        evaluation: { admission: { enabled: false } },
      }),
    ),
    /^fail warning: /,
  ],
  [
    'Kubewarden',
    cluster(object('policies.kubewarden.io/v1', 'ClusterAdmissionPolicy', 'images', { module: 'verify-image' })),
    /^pass: /,
  ],
  [
    'Kubewarden that monitors',
    cluster(
      object('policies.kubewarden.io/v1', 'ClusterAdmissionPolicy', 'images', {
        module: 'verify-image',
        mode: 'monitor',
      }),
    ),
    /^fail warning: /,
  ],
  [
    'OpenShift with a list of registries',
    cluster(
      object('config.openshift.io/v1', 'Image', 'cluster', {
        registrySources: { allowedRegistries: ['registry.example'] },
      }),
    ),
    /^pass: Image cluster/,
  ],
  [
    'OpenShift that blocks one',
    cluster(
      object('config.openshift.io/v1', 'Image', 'cluster', { registrySources: { blockedRegistries: ['bad.example'] } }),
    ),
    /^fail: No policy/,
  ],
  [
    'OpenShift with signatures',
    cluster(object('config.openshift.io/v1', 'ClusterImagePolicy', 'signed', { scopes: ['registry.example'] })),
    /^pass: /,
  ],
  [
    'Connaisseur',
    cluster({ ...webhook('connaisseur-webhook', 'Fail'), kind: 'MutatingWebhookConfiguration' }),
    /^pass: Connaisseur/,
  ],
  [
    'Connaisseur that may be skipped',
    cluster({ ...webhook('connaisseur-webhook', 'Ignore'), kind: 'MutatingWebhookConfiguration' }),
    /^fail: No policy/,
  ],
  ['the plugin of the API server', { ...cluster(), flags: plugins }, /^pass: .*ImagePolicyWebhook/],
  ['a webhook of somebody', cluster(webhook('custom', 'Fail')), /^notVerifiable: The webhook custom/],
  ['nothing', cluster(), /^fail: No policy of the whole cluster/],
  ['forbidden', {}, /^notVerifiable: /],
]);

const running = (reference: string, digests: readonly string[] = ['sha256:1'], more: Partial<PodGroup> = {}) =>
  podGroup('web', { images: [{ container: 'web', reference, digests }], ...more });
const deployment = (image: string): RawObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template: { spec: { containers: [{ name: 'web', image }] } } },
});
const declared = (image: string, ...groups: readonly PodGroup[]): Known => ({
  pods: seen(groups),
  objects: { 'Deployment.apps': [deployment(image)], 'StatefulSet.apps': [], 'DaemonSet.apps': [] },
});
table('image/running-differs', [
  ['the same', declared('web:2', running('web:2')), /^pass: /],
  ['another', declared('web:2', running('web:1', ['sha256:1'], { count: 3 })), /^fail: .*web:1 in 3 pods.*names web:2/],
  ['a rollout on its way', declared('web:2', running('web:1'), running('web:2')), /^pass: /],
  ['a rollout that is stuck', declared('web:2', running('web:1'), running('web:2', [])), /^fail: .*web:1 in one pod/],
  ['nothing started', declared('web:2', running('web:1', [])), /^pass: /],
  ['an injected container', declared('web:2', podGroup('web', { images: [] })), /^pass: /],
  ['forbidden', { pods: seen([]) }, /^notVerifiable: /],
]);

const node = (names: readonly string[], sizeBytes: number): RawObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n' },
  status: { images: [{ names, sizeBytes }] },
});
const sized = (reference: string, names: readonly string[], sizeBytes: number): Known => ({
  pods: seen([running(reference)]),
  objects: { Node: [node(names, sizeBytes)] },
});
table('image/running-size', [
  ['small', sized('shop/web:1', ['docker.io/shop/web:1'], 40_000_000), /^pass: /],
  ['large', sized('shop/web:1', ['docker.io/shop/web:1'], 900_000_000), /^fail: The image shop\/web:1 .* has 900 MB/],
  ['without a tag', sized('node', ['docker.io/library/node:latest'], 900_000_000), /^fail: /],
  ['one that nobody runs', sized('shop/web:1', ['docker.io/shop/db:1'], 900_000_000), /^pass: /],
  ['forbidden', {}, /^notVerifiable: /],
]);

const flawReport = (
  critical: number,
  more: { readonly name?: string; readonly tag?: string; readonly made?: string } = {},
) => ({
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'VulnerabilityReport',
  metadata: {
    name: 'replicaset-web-6d4cf56db6-web',
    namespace: 'shop',
    creationTimestamp: more.made ?? '2026-11-25T08:00:00Z',
    labels: {
      'trivy-operator.container.name': 'web',
      'trivy-operator.resource.kind': 'ReplicaSet',
      'trivy-operator.resource.name': more.name ?? 'web-6d4cf56db6',
    },
  },
  columns: { Repository: 'library/nginx', Tag: more.tag ?? '1.29', Scanner: 'Trivy', Critical: critical, High: 3 },
});
const reported = (...reports: readonly RawObject[]): Known => ({
  pods: seen([running('nginx:1.29'), podGroup('dns', { namespace: 'kube-system' })]),
  objects: { 'VulnerabilityReport.aquasecurity.github.io': reports },
});
table('image/critical-flaws-reported', [
  ['none', reported(flawReport(0)), /^pass: .*\(1 containers, last on 2026-11-25\)/],
  [
    'some',
    reported(flawReport(2)),
    /^fail: Trivy Operator knows of 2 critical flaws in the images of Deployment shop\/web \(nginx:1\.29\)\./,
  ],
  ['of an image that ran before', reported(flawReport(0), flawReport(2, { tag: '1.28' })), /^pass: /],
  ['of another workload', reported(flawReport(2, { name: 'shop-6d4cf56db6' })), /^notVerifiable: .*nothing that runs/],
  ['long ago', reported(flawReport(0, { made: '2026-09-01T00:00:00Z' })), /^fail: .*last report on 2026-09-01/],
  ['no reports', reported(), /^notVerifiable: /],
  ['not to be read', {}, /^notVerifiable: You may not read VulnerabilityReport/],
]);
