import { type PodGroup, podsBehind, type Resource, resourceIdentity } from '../../../kubernetes/index.ts';
import { phrase, sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const group = 'admissionregistration.k8s.io';
const needs = [
  mayList(group, 'validatingwebhookconfigurations'),
  mayList(group, 'mutatingwebhookconfigurations'),
  mayList('', 'services'),
  mayList('', 'pods'),
];

/** Webhooks behind a URL are out of sight, and Services without a selector may lead anywhere. */
export const deadWebhooks: ClusterCheck = {
  id: 'admission/webhook-unanswered',
  summary: 'Somebody answers every admission webhook',
  evidence: 'webhook configurations, the Services that they name, running pods',
  severity: 'warning',
  why: 'A webhook that nobody answers either lets everything pass that it should refuse, or refuses everything until somebody removes it in a hurry.',
  references: ['kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers'],
  needs,
  judge(evidence) {
    const { pods } = evidence;
    const validating = evidence.resources(`ValidatingWebhookConfiguration.${group}`);
    const mutating = evidence.resources(`MutatingWebhookConfiguration.${group}`);
    const services = evidence.resources('Service');
    const lists = [validating, mutating, services, pods] as const;
    if (
      validating.kind === 'unseen' ||
      mutating.kind === 'unseen' ||
      services.kind === 'unseen' ||
      pods.kind === 'unseen'
    )
      return unseenOutcome(...unseenOf(...lists));
    // What is missing from a part of a list may exist.
    const known = services.incomplete === undefined && pods.incomplete === undefined;
    const failures = known
      ? [...validating.value, ...mutating.value].flatMap((configuration) =>
          failuresOf(configuration, services.value, pods.value),
        )
      : [];
    if (failures.length > 0) return fail(...failures);
    return passIfAllRead(sentence('Behind every webhook with a Service in the cluster a pod runs.'), needs, ...lists);
  },
};

/** One for each Service, however many webhooks lead to it. */
function failuresOf(
  configuration: Resource,
  services: readonly Resource[],
  pods: readonly PodGroup[],
): readonly CheckFailure[] {
  const webhooks = configuration.node.get('webhooks').items();
  const failures = new Map<string, CheckFailure>();
  for (const webhook of webhooks) {
    const reference = webhook.get('clientConfig', 'service');
    const name = reference.get('name').string;
    const namespace = reference.get('namespace').string ?? '';
    if (name === undefined) continue;
    const place = `${namespace}/${name}`;
    const service = services.find((one) => one.namespace === namespace && one.name === name);
    if (service !== undefined && podsBehind(service, pods)?.length !== 0) continue;
    const problem =
      service === undefined
        ? phrase('Service {service} does not exist', { service: place })
        : phrase('no pod runs behind Service {service}', { service: place });
    const args = { webhooks: `${configuration.kind} ${configuration.name}`, problem };
    const isFatal = webhook.get('failurePolicy').string !== 'Ignore';
    const known = failures.get(place);
    if (known === undefined || isFatal) {
      failures.set(place, {
        message: isFatal
          ? sentence(
              'Nobody answers the webhooks of {webhooks}, for {problem}, so the API server refuses everything that it is to ask it about.',
              args,
            )
          : sentence(
              'Nobody answers the webhooks of {webhooks}, for {problem}, so everything that it should judge passes without it.',
              args,
            ),
        object: resourceIdentity(configuration),
      });
    }
  }
  return [...failures.values()];
}
