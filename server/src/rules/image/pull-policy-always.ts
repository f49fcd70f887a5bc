import { type ImageReference, isLocalImageName, isOfRegistries, podImages } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

interface Options {
  readonly internal: readonly string[];
}

export const rule = defineRule<'podSpec', 'explicit' | 'defaulted', Options>({
  id: 'image/pull-policy-always',
  summary: 'imagePullPolicy not Always',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'With any other policy a node that once pulled a tag runs that image for good, whatever the registry now has under the tag, and ' +
    'lets pods use it that have no credentials for the registry. Pulling always costs little: layers that are there are not loaded again.',
  whenNot:
    'Where the admission plugin `AlwaysPullImages` is on, and for your own registries whose tags never move: name them in the option `internal`.',
  references: {
    peers: [
      'C-0075',
      'CKV_K8S_15',
      'KICS:Image Pull Policy Of The Container Is Not Set To Always',
      'KS:container-image-pull-policy',
      'PO:pullPolicyNotAlways',
      'SNYK-CC-K8S-42',
    ],
    urls: ['https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy'],
  },
  fixClass: 'hardening',
  messages: {
    explicit: '{user} has the pull policy {policy}, so a node goes on with an old image when the tag has moved.',
    defaulted:
      '{user} has no pull policy and a tag, so Kubernetes sets IfNotPresent and a node goes on with an old image when the tag has moved.',
  },
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        internal: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'Registries whose tags never move: a host, or a host and the beginning of a path.',
          examples: [['registry.example.com', 'docker.io/library/']],
        },
      },
    },
    default: { internal: [] },
  },
  subject: 'podSpec',
  judge(podSpec, report, { options }) {
    for (const { node, user, reference, pullPolicy } of podImages(podSpec)) {
      // With a digest nothing can move.
      if (reference === undefined || reference.digest !== '' || pullPolicy.isUnknown) continue;
      if (isLocalImageName(reference.normalizedRepository) || isOfRegistries(reference, options.internal)) continue;
      const written = pullPolicy.string ?? '';
      const policy = written === '' ? defaultPolicy(reference) : written;
      if (policy === 'Always') continue;
      report({
        at: written === '' ? node : pullPolicy,
        message: written === '' ? 'defaulted' : 'explicit',
        args: { user, policy },
        fixes: () => [
          {
            fixClass: 'hardening',
            title: `Set ${String(pullPolicy.path.at(-1))}: Always (the registry has to answer at every start)`,
            operations: [{ op: 'set', node: pullPolicy, value: 'Always' }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});

/** pkg/apis/core/v1/defaults.go, SetDefaults_Container and SetDefaults_Volume. */
function defaultPolicy({ tag }: ImageReference): 'Always' | 'IfNotPresent' {
  return tag === '' || tag === 'latest' ? 'Always' : 'IfNotPresent';
}
