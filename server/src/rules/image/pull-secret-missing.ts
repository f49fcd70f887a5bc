import { isOfRegistries } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

interface Options {
  readonly privateRegistries: readonly string[];
}

export const rule = defineRule<'namespace', 'absent' | 'none', Options>({
  id: 'image/pull-secret-missing',
  summary: 'imagePullSecrets not found or absent for a private registry',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'A pod takes the credentials for a registry from the Secrets named in `imagePullSecrets`, its own or those of its service account, ' +
    'and only from its own namespace. A wrong name is no error: the image is pulled without credentials, and refused.',
  whenNot: 'Where the nodes themselves hold credentials, or a controller adds the Secrets to the service accounts.',
  references: { urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/'] },
  fixClass: 'none',
  overrides: ['secrets/reference-missing'],
  messages: {
    absent:
      'The pull secret "{secret}" is none of those in namespace "{namespace}" ({there}), so images are pulled without credentials.',
    none: '{user} pulls {repository} from a private registry, and neither its pod nor its service account names a pull secret.',
  },
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        privateRegistries: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'Registries that ask for credentials: a host, or a host and the beginning of a path.',
          examples: [['registry.example.com']],
        },
      },
    },
    default: { privateRegistries: [] },
  },
  subject: 'namespace',
  judge({ name: namespace, facts }, report, { options: { privateRegistries } }) {
    const pods = facts.read('imagePull', namespace);
    const accounts = facts.read('serviceAccount', namespace);
    const there = [...new Set(facts.read('pullSecret', namespace).map(({ fact }) => fact.secretName))].sort();
    // Credentials rarely lie in a repository. Where some do, a name that none of them has is most likely a slip.
    for (const filed of there.length === 0 ? [] : [...pods, ...accounts]) {
      for (const { name, path } of filed.fact.pullSecrets) {
        if (there.includes(name)) continue;
        report({ at: { filed, path }, message: 'absent', args: { secret: name, namespace, there: there.join(', ') } });
      }
    }
    if (privateRegistries.length === 0) return;
    const withSecrets = new Set(
      accounts.filter(({ fact }) => fact.pullSecrets.length > 0).map(({ fact }) => fact.identity.name),
    );
    for (const filed of pods) {
      const { images, pullSecrets, isOpen, serviceAccountName } = filed.fact;
      if (pullSecrets.length > 0 || isOpen || withSecrets.has(serviceAccountName)) continue;
      for (const { repository, path, user } of images) {
        if (!isOfRegistries({ normalizedRepository: repository }, privateRegistries)) continue;
        report({ at: { filed, path }, message: 'none', args: { user, repository } });
      }
    }
  },
});
