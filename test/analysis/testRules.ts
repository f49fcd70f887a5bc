import { securityContextNode } from '../../server/src/kubernetes/index.ts';
import { defineRule, type Rule, type RuleDescription } from '../../server/src/rules/index.ts';

/** What every rule has to say of itself, for rules that only tests see. */
export const described = {
  summary: 'Summary',
  severity: 'warning',
  profile: 'guide',
  why: 'Why.',
  whenNot: 'Never.',
  references: {},
  fixClass: 'none',
} as const satisfies Partial<RuleDescription>;

/** Small rules of each kind of subject, so that what is tested here does not change with the real ones. */
export const privileged = defineRule({
  ...described,
  id: 'pod/privileged',
  severity: 'error',
  fixClass: 'hardening',
  references: {
    peers: [
      'CKV_K8S_16',
      'KL:privileged-container',
      'KSV-0017',
      'KICS:Container Is Privileged',
      'KS:privileged',
      'PO:runAsPrivileged',
    ],
  },
  messages: { privileged: 'Container "{container}" is privileged.' },
  subject: 'container',
  judge(container, report) {
    const node = container.securityContext.get('privileged');
    if (node.boolean !== true) return;
    report({
      at: node,
      message: 'privileged',
      args: { container: container.name },
      fixes: () => [
        {
          fixClass: 'hardening',
          title: 'Set privileged: false',
          operations: [{ op: 'set', node, value: false }],
          isPreferred: true,
        },
      ],
    });
  },
});

export const escalation = defineRule({
  ...described,
  id: 'pod/privilege-escalation',
  profile: 'restricted',
  fixClass: 'hardening',
  references: { peers: ['CKV_K8S_20', 'KSV-0001'] },
  messages: { allowed: 'Container "{container}" may gain privileges.' },
  subject: 'container',
  judge(container, report) {
    const node = container.securityContext.get('allowPrivilegeEscalation');
    if (node.isUnknown || node.boolean === false || container.securityContext.get('privileged').boolean === true)
      return;
    report({
      at: securityContextNode(container, 'allowPrivilegeEscalation'),
      message: 'allowed',
      args: { container: container.name },
      fixes: () => [
        {
          fixClass: 'hardening',
          title: 'Set allowPrivilegeEscalation: false',
          operations: [{ op: 'set', node, value: false }],
          isPreferred: true,
        },
      ],
    });
  },
});

export const hostNetwork = defineRule({
  ...described,
  id: 'pod/host-network',
  messages: { on: 'The pod is on the host network.' },
  subject: 'podSpec',
  judge(podSpec, report) {
    const node = podSpec.node.get('hostNetwork');
    if (node.boolean === true) report({ at: node, message: 'on' });
  },
});

/** A misplaced field: fixed safely. */
export const misplaced = defineRule({
  ...described,
  id: 'pod/misplaced',
  severity: 'error',
  fixClass: 'safe',
  messages: { misplaced: 'The field "privileged" has no effect here.' },
  subject: 'podSpec',
  judge(podSpec, report) {
    const node = podSpec.node.get('privileged');
    if (!node.isKnown) return;
    report({
      at: node,
      message: 'misplaced',
      fixes: () => [
        { fixClass: 'safe', title: 'Remove privileged', operations: [{ op: 'remove', node }], isPreferred: true },
      ],
    });
  },
});

export const wildcardVerbs = defineRule({
  ...described,
  id: 'rbac/wildcard-verbs',
  messages: { every: 'The rule grants every verb.' },
  subject: 'roleRule',
  judge(rule, report) {
    for (const verb of rule.verbs.items()) if (verb.string === '*') report({ at: verb, message: 'every' });
  },
});

interface Names {
  readonly forbidden: readonly string[];
}

/** Judges names of ConfigMaps, with an option. */
export const forbiddenName = defineRule<'resource', 'forbidden', Names>({
  ...described,
  id: 'secrets/forbidden-name',
  messages: { forbidden: 'The name "{name}" is forbidden.' },
  subject: 'resource',
  kinds: ['ConfigMap'],
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { forbidden: { type: 'array', items: { type: 'string' } } },
    },
    default: { forbidden: ['bad'] },
  },
  judge(resource, report, { options }) {
    if (options.forbidden.includes(resource.name)) {
      report({ at: resource.metadata.get('name'), message: 'forbidden', args: { name: resource.name } });
    }
  },
});

/** A namespace with workloads and no policy that denies by default; counts how often it judges. */
export function defaultDeny(judged: string[] = []): Rule {
  return defineRule({
    ...described,
    id: 'network/default-deny-missing',
    fixClass: 'review',
    messages: {
      missing: 'Namespace "{namespace}" denies nothing by default.',
      workload: 'A workload of the namespace.',
    },
    subject: 'namespace',
    judge({ name, facts }, report) {
      judged.push(name);
      const [workload] = facts.read('workload', name);
      if (workload === undefined) return;
      const policies = [...facts.read('networkPolicy', name), ...facts.read('networkPolicy', '')];
      if (policies.some(({ fact }) => fact.ingress === 'deny-all')) return;
      const [namespace] = facts.read('namespace', name);
      report({
        at: { filed: namespace ?? workload, path: ['metadata', 'name'] },
        message: 'missing',
        args: { namespace: name },
        related: [{ at: { filed: workload, path: ['metadata', 'name'] }, message: 'workload' }],
      });
    },
  });
}

export const smallRules: readonly Rule[] = [
  privileged,
  escalation,
  hostNetwork,
  misplaced,
  wildcardVerbs,
  forbiddenName,
  defaultDeny(),
];

/** Judges the values of Helm charts. */
export const helmPassword = defineRule({
  ...described,
  id: 'secrets/helm-values-password',
  messages: { found: 'There is a password.' },
  subject: 'helmValues',
  judge({ node }, report) {
    if (node.get('password').isKnown) report({ at: node.get('password'), message: 'found' });
  },
});
