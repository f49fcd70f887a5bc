import type { RoleRule } from '../../kubernetes/index.ts';
import { stringItems } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'rbac/wildcard-verbs',
  summary: 'Rule grants every verb',
  severity: 'warning',
  profile: 'guide',
  guide: 2,
  why:
    'The star includes verbs nobody thinks of: deletecollection, escalate, bind, impersonate, and whatever a later version adds. ' +
    'A list of verbs says what the subject really does.',
  whenNot: 'Operators that own a custom resource may need every verb on it; name the resource and its group then.',
  references: {
    cis: ['5.1.3'],
    peers: ['C-0187', 'CKV_K8S_49', 'KICS:RBAC Wildcard In Rule', 'KL:wildcard-in-rules', 'KSV-0045', 'SNYK-CC-K8S-44'],
    urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege'],
  },
  fixClass: 'input',
  overrides: ['rbac/delete-rights', 'rbac/delete-logs-events'],
  messages: {
    resources:
      '{kind} "{role}" grants every verb on {resources}, which includes deleting whole collections and verbs that later versions add.',
    urls: '{kind} "{role}" grants every verb on non-resource URLs, so its subjects may do more than read them.',
  },
  subject: 'roleRule',
  judge(rule, report) {
    for (const verb of rule.verbs.items()) {
      if (verb.string !== '*') continue;
      const isAboutUrls = rule.resources.items().length === 0 && rule.nonResourceURLs.items().length > 0;
      report({
        at: verb,
        message: isAboutUrls ? 'urls' : 'resources',
        args: { kind: rule.resource.kind, role: rule.resource.name, resources: resourcesOf(rule) },
        fixes: () => (isAboutUrls ? [readUrls(rule)] : [readOnly(rule), readWrite(rule)]),
      });
    }
  },
});

function resourcesOf(rule: RoleRule): string {
  const names = stringItems(rule.resources);
  if (names.includes('*') || names.length === 0) return 'every resource of its API groups';
  if (names.length <= 3) return names.join(', ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more resources`;
}

function readOnly(rule: RoleRule): Fix {
  return {
    fixClass: 'input',
    title: 'Allow reading only: get, list, watch',
    operations: [{ op: 'set', node: rule.verbs, value: ['get', 'list', 'watch'] }],
  };
}

function readWrite(rule: RoleRule): Fix {
  return {
    fixClass: 'input',
    title: 'Allow reading and writing: get, list, watch, create, update, patch, delete',
    operations: [
      { op: 'set', node: rule.verbs, value: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] },
    ],
  };
}

function readUrls(rule: RoleRule): Fix {
  return {
    fixClass: 'input',
    title: 'Allow reading only: get',
    operations: [{ op: 'set', node: rule.verbs, value: ['get'] }],
  };
}
