import { phrase, type Sentence } from '../../sentences/index.ts';
import { type Grant, ruleAllows } from './effectivePermissions.ts';

/** Something that whoever may do it can turn into more than was granted. */
export interface Danger {
  readonly id: DangerId;
  /** What can be done with it, after "can": `read every Secret`. */
  readonly can: Sentence;
  /** Only in this namespace; undefined for the whole cluster. */
  readonly namespace: string | undefined;
  readonly grant: Grant;
}

export type DangerId =
  | 'everything'
  | 'escalate'
  | 'impersonate'
  | 'secrets'
  | 'createPods'
  | 'exec'
  | 'tokens'
  | 'nodesProxy'
  | 'certificates'
  | 'admission'
  | 'volumes'
  | 'namespaces';

interface DangerTest {
  readonly id: DangerId;
  readonly can: Sentence;
  /** Any of these is enough: verb, API group, resource. */
  readonly anyOf: readonly (readonly [verbs: readonly string[], group: string, resources: readonly string[]])[];
  /** Harmless within one namespace, since the resource is cluster-wide. */
  readonly onlyClusterWide?: true;
}

/**
 * Kubernetes' own list of rights that lead further (kubernetes.io/docs/concepts/security/rbac-good-practices), worst first.
 */
const tests: readonly DangerTest[] = [
  {
    id: 'escalate',
    can: phrase('give itself any right'),
    anyOf: [[['escalate', 'bind'], 'rbac.authorization.k8s.io', ['roles', 'clusterroles']]],
  },
  {
    id: 'impersonate',
    can: phrase('act as anybody'),
    anyOf: [[['impersonate'], '', ['users', 'groups', 'serviceaccounts']]],
    onlyClusterWide: true,
  },
  {
    id: 'nodesProxy',
    can: phrase('run commands in any pod through the kubelet'),
    anyOf: [[['get', 'create'], '', ['nodes/proxy']]],
    onlyClusterWide: true,
  },
  {
    id: 'certificates',
    can: phrase('have itself issued certificates for anybody'),
    anyOf: [[['update', 'patch'], 'certificates.k8s.io', ['certificatesigningrequests/approval']]],
    onlyClusterWide: true,
  },
  {
    id: 'admission',
    can: phrase('read and change every object on its way into the cluster'),
    anyOf: [
      [
        ['create', 'update', 'patch'],
        'admissionregistration.k8s.io',
        ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'mutatingadmissionpolicies'],
      ],
    ],
    onlyClusterWide: true,
  },
  {
    id: 'tokens',
    can: phrase('make tokens of service accounts'),
    anyOf: [[['create'], '', ['serviceaccounts/token']]],
  },
  { id: 'secrets', can: phrase('read Secrets'), anyOf: [[['get', 'list', 'watch'], '', ['secrets']]] },
  {
    id: 'createPods',
    can: phrase('run pods of its own making'),
    anyOf: [
      [['create', 'update', 'patch'], 'apps', ['deployments', 'daemonsets', 'statefulsets', 'replicasets']],
      [['create', 'update', 'patch'], 'batch', ['jobs', 'cronjobs']],
      [['create'], '', ['pods', 'replicationcontrollers']],
    ],
  },
  {
    id: 'exec',
    can: phrase('run commands in pods'),
    anyOf: [
      [['create', 'get'], '', ['pods/exec', 'pods/attach']],
      [['update', 'patch'], '', ['pods/ephemeralcontainers']],
    ],
  },
  {
    id: 'volumes',
    can: phrase('mount the disk of any node'),
    anyOf: [[['create'], '', ['persistentvolumes']]],
    onlyClusterWide: true,
  },
  {
    id: 'namespaces',
    can: phrase('take the Pod Security level off any namespace'),
    anyOf: [[['update', 'patch'], '', ['namespaces']]],
    onlyClusterWide: true,
  },
];

/** The dangers of a set of grants, worst first, each once for the widest scope in which it holds. */
export function dangersOf(grants: readonly Grant[]): readonly Danger[] {
  const all = grants.find(({ rule, namespace }) => namespace === undefined && isEverything(rule));
  if (all !== undefined) return [{ id: 'everything', can: phrase('do everything'), namespace: undefined, grant: all }];
  return tests.flatMap((test): readonly Danger[] => {
    const holding = grants.filter(
      (grant) => (test.onlyClusterWide !== true || grant.namespace === undefined) && isMet(test, grant),
    );
    const widest = holding.find(({ namespace }) => namespace === undefined);
    if (widest !== undefined) return [{ id: test.id, can: test.can, namespace: undefined, grant: widest }];
    const byNamespace = new Map(holding.map((grant) => [grant.namespace, grant]));
    return [...byNamespace].map(([namespace, grant]) => ({ id: test.id, can: test.can, namespace, grant }));
  });
}

function isEverything({ verbs, apiGroups, resources, resourceNames }: Grant['rule']): boolean {
  return resourceNames.length === 0 && [verbs, apiGroups, resources].every((list) => list.includes('*'));
}

function isMet({ anyOf }: DangerTest, { rule }: Grant): boolean {
  return anyOf.some(([verbs, group, resources]) =>
    resources.some((resource) => verbs.some((verb) => ruleAllows(rule, verb, group, resource))),
  );
}
