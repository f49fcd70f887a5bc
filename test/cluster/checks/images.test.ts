// What decides which images may run, and which run.
import type { PodGroup, RawObject } from '../../../server/src/kubernetes/index.ts';
import { type Known, podGroup, seen, table } from './evidence.ts';

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
  targets: [{ rego: 'violation { input.review.object.spec.containers[_].image }' }],
});
const webhook = (name: string, failurePolicy: string): RawObject => ({
  apiVersion: `${admission}/v1`,
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name },
  webhooks: [{ name: 'w', failurePolicy, rules: [{ resources: ['pods'] }] }],
});

const cluster = (...objects: readonly RawObject[]): Known => {
  const of = (kind: string) => objects.filter((one) => one.kind === kind);
  return {
    pods: seen([]),
    objects: {
      Namespace: of('Namespace'),
      'ValidatingAdmissionPolicy.admissionregistration.k8s.io': of('ValidatingAdmissionPolicy'),
      'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io': of('ValidatingAdmissionPolicyBinding'),
      'ValidatingWebhookConfiguration.admissionregistration.k8s.io': of('ValidatingWebhookConfiguration'),
      'ClusterPolicy.kyverno.io': of('ClusterPolicy'),
      'ImageValidatingPolicy.policies.kyverno.io': [],
      'ClusterImagePolicy.policy.sigstore.dev': of('ClusterImagePolicy'),
      'ConstraintTemplate.templates.gatekeeper.sh': of('ConstraintTemplate'),
    },
  };
};
const plugins = seen(new Map([['enable-admission-plugins', '[NodeRestriction,ImagePolicyWebhook]']]));
table('image/admission-enforced', [
  ['a policy that denies', cluster(policy, binding('Deny')), /^pass: ValidatingAdmissionPolicy images refuses/],
  ['one that warns', cluster(policy, binding('Warn', 'Audit')), /^fail warning: .*only reports/],
  ['one that nobody bound', cluster(policy), /^fail warning: /],
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
  ['sigstore', cluster(sigstore('enforce'), included), /^pass: /],
  ['sigstore that no namespace asks for', cluster(sigstore('enforce')), /^notVerifiable: .*none was seen/],
  ['sigstore that warns', cluster(sigstore('warn')), /^fail warning: /],
  ['Gatekeeper', cluster(template), /^notVerifiable: ConstraintTemplate k8sallowedrepos/],
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
