import { type Resource, resourceIdentity, systemConfigMap } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenSecrets } from '../outcomes.ts';

const needs = [mayList('', 'secrets'), mayList('', 'configmaps')];

/**
 * A token in a Secret is known by the annotation that names its account; its value is never read. The API server writes
 * when it was last used (KEP-2799, pkg/serviceaccount/legacy.go).
 */
export const longLivedTokens: ClusterCheck = {
  id: 'secrets/long-lived-sa-token',
  guide: 2,
  summary: 'No service account has a token that never expires',
  evidence:
    'metadata of Secrets (only where the settings allow it), the ConfigMap `kube-system/kube-apiserver-legacy-service-account-token-tracking`',
  severity: 'warning',
  why: 'A token in a Secret is valid until the Secret is deleted, for whoever has ever read it. Pods and the TokenRequest API use tokens that end by themselves.',
  references: ['KEP-2799', 'CIS 5.1.6'],
  needs,
  judge(evidence) {
    const secrets = evidence.resources('Secret');
    if (secrets.kind === 'unseen') {
      const tracking = systemConfigMap(evidence, 'kube-apiserver-legacy-service-account-token-tracking');
      const since = tracking?.node.get('data', 'since').string;
      const more =
        since === undefined
          ? undefined
          : sentence('The API server has written down since {since} when each such token is used.', { since });
      return unseenSecrets(secrets, more);
    }
    const failures = secrets.value.flatMap(ofSecret);
    if (failures.length > 0) return fail(...failures);
    return passIfAllRead(sentence('No Secret holds a token of a service account.'), [mayList('', 'secrets')], secrets);
  },
};

function ofSecret(secret: Resource): readonly CheckFailure[] {
  const { annotations, labels, namespace, name } = secret;
  const account = annotations.get('kubernetes.io/service-account.name');
  if (account === undefined || labels.has('kubernetes.io/legacy-token-invalid-since')) return [];
  const used = labels.get('kubernetes.io/legacy-token-last-used');
  const message =
    used === undefined
      ? sentence(
          'Secret {namespace}/{name} holds a token of service account "{account}" that never expires; no use of it is recorded.',
          { namespace, name, account },
        )
      : sentence(
          'Secret {namespace}/{name} holds a token of service account "{account}" that never expires; it was last used on {used}.',
          { namespace, name, account, used },
        );
  return [
    {
      message,
      object: resourceIdentity(secret),
    },
  ];
}
