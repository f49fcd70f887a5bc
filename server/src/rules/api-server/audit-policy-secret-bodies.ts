import { type AuditedResource, type DecidingRule, decidingRules, enumerate } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** What must not be logged with its body, and whether only the response gives it away. */
const sensitive: readonly (AuditedResource & { readonly inResponseOnly: boolean })[] = [
  { group: '', resource: 'secrets', subresource: '', inResponseOnly: false },
  { group: '', resource: 'configmaps', subresource: '', inResponseOnly: false },
  { group: '', resource: 'serviceaccounts', subresource: 'token', inResponseOnly: true },
  { group: 'authentication.k8s.io', resource: 'tokenreviews', subresource: '', inResponseOnly: false },
];

const writingVerbs = ['create', 'update', 'patch'];

export const rule = defineRule({
  id: 'api-server/audit-policy-secret-bodies',
  summary: 'Audit policy records the bodies of Secrets or tokens',
  severity: 'error',
  profile: 'guide',
  guide: 1,
  why:
    'At level Request or RequestResponse the audit log holds whole objects: Secret values, the contents of ConfigMaps, tokens under review and tokens just issued. ' +
    'The log is kept for long and read by many. Metadata says who did what, which is what an audit needs.',
  whenNot: 'Never for Secrets and tokens. ConfigMaps may be recorded where it is certain that none holds credentials.',
  references: {
    cis: ['3.2.2'],
    peers: ['C-0161', 'KICS:Audit Policy Not Cover Key Security Concerns'],
    urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy'],
  },
  fixClass: 'hardening',
  messages: {
    bodies:
      'Level {level} writes the bodies of {resources} to the audit log, where everyone who reads the log sees their values.',
  },
  subject: 'resource',
  kinds: ['Policy.audit.k8s.io'],
  judge(policy, report) {
    const recorded = new Map<number, { readonly level: ManifestNode; readonly resources: string[] }>();
    for (const audited of sensitive) {
      for (const deciding of decidingRules(policy, audited)) {
        if (!recordsBodies(deciding, audited.inResponseOnly)) continue;
        const index = Number(deciding.node.path.at(-1));
        const entry = recorded.get(index) ?? { level: deciding.level, resources: [] };
        entry.resources.push(nameOf(audited));
        recorded.set(index, entry);
      }
    }
    const rules = policy.node.get('rules');
    for (const { level, resources } of recorded.values()) {
      report({
        at: level,
        message: 'bodies',
        args: { level: level.string ?? '', resources: enumerate(resources) },
        fixes: () => [recordMetadata(rules, Math.min(...recorded.keys()))],
      });
    }
  },
});

/** A Request level logs what is sent: nothing for reads. */
function recordsBodies({ level, verbs }: DecidingRule, inResponseOnly: boolean): boolean {
  if (level.string === 'RequestResponse') return !inResponseOnly || verbs.has('create');
  return level.string === 'Request' && !inResponseOnly && writingVerbs.some((verb) => verbs.has(verb));
}

function nameOf({ resource, subresource }: AuditedResource): string {
  return subresource === '' ? resource : `${resource}/${subresource}`;
}

function recordMetadata(rules: ManifestNode, index: number): Fix {
  return {
    fixClass: 'hardening',
    title: 'Log only the metadata of Secrets, ConfigMaps and tokens',
    operations: [
      {
        op: 'insert',
        list: rules,
        index,
        value: {
          level: 'Metadata',
          resources: [
            { group: '', resources: ['secrets', 'configmaps', 'serviceaccounts/token'] },
            { group: 'authentication.k8s.io', resources: ['tokenreviews'] },
          ],
        },
      },
    ],
    isPreferred: true,
  };
}
