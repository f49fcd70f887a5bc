import { isPlaceholder } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

/** Fields of a user that are a credential by themselves (k8s.io/client-go/tools/clientcmd/api/v1/types.go, AuthInfo). */
const credentialFields = ['token', 'password', 'client-key-data'] as const;

/** What the cloud plugins of old kept under `auth-provider.config`. */
const providerFields = ['access-token', 'id-token', 'refresh-token', 'client-secret'] as const;

export const rule = defineRule({
  id: 'secrets/kubeconfig-credentials',
  summary: 'kubeconfig with credentials in it',
  severity: 'error',
  profile: 'guide',
  guide: 2,
  why:
    'Whoever has this file is that user of the cluster, often its administrator, from everywhere. ' +
    'Revoke the credential, and let kubectl fetch a short-lived one through an exec plugin or OIDC.',
  whenNot: 'For a cluster that lives only on one machine, such as kind or minikube.',
  references: { urls: ['https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/'] },
  fixClass: 'none',
  messages: {
    credential:
      'User "{user}" of this kubeconfig has its {field} in the file, so whoever sees the file can use the cluster as that user.',
  },
  subject: 'resource',
  kinds: ['Config'],
  judge(config, report) {
    for (const item of config.node.get('users').items()) {
      const user = item.get('user');
      const fields = [
        ...credentialFields.map((field) => ({ field, node: user.get(field) })),
        ...providerFields.map((field) => ({ field, node: user.get('auth-provider', 'config', field) })),
      ];
      for (const { field, node } of fields) {
        const text = node.string;
        if (text === undefined || text === '' || isPlaceholder(text)) continue;
        report({ at: node, message: 'credential', args: { user: item.get('name').string ?? '', field } });
      }
    }
  },
});
