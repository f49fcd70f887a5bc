import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import { stringItems } from '../values/stringItems.ts';

/** A resource or subresource as an audit policy names it. */
export interface AuditedResource {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
}

/** A rule of an audit policy that decides for some requests to a resource, with the verbs that are left for it. */
export interface DecidingRule {
  readonly node: ManifestNode;
  readonly level: ManifestNode;
  readonly verbs: ReadonlySet<string>;
}

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] as const;

/**
 * The rules that decide for requests to a resource: in order, the first match wins. A rule that holds only for some users,
 * namespaces or names leaves the rest to later rules; one that holds for everybody leaves the verbs it does not name.
 * Verbs are compared letter by letter, `*` has no meaning among them (k8s.io/apiserver pkg/audit/policy/checker.go).
 */
export function decidingRules(policy: Resource, audited: AuditedResource): readonly DecidingRule[] {
  const deciding: DecidingRule[] = [];
  const left = new Set<string>(verbs);
  for (const node of policy.node.get('rules').items()) {
    const match = matchOf(node, audited);
    if (match === 'no') continue;
    const named = stringItems(node.get('verbs'));
    const decided = new Set(named.length === 0 ? left : named.filter((verb) => left.has(verb)));
    if (decided.size === 0) continue;
    deciding.push({ node, level: node.get('level'), verbs: decided });
    if (match === 'some' || ['users', 'userGroups', 'namespaces'].some((key) => !isEmpty(node.get(key)))) continue;
    for (const verb of decided) left.delete(verb);
    if (left.size === 0) break;
  }
  return deciding;
}

/** Whether a rule's resources take in the audited one: all its objects, some of them (by name, or it cannot be told), none. */
function matchOf(rule: ManifestNode, audited: AuditedResource): 'all' | 'some' | 'no' {
  const resources = rule.get('resources');
  if (!rule.isComplete || resources.isUnknown || !resources.isComplete) return 'some';
  if (resources.items().length === 0) {
    return isEmpty(rule.get('namespaces')) && !isEmpty(rule.get('nonResourceURLs')) ? 'no' : 'all';
  }
  const matches = resources.items().filter((item) => matchesItem(item, audited));
  if (matches.length === 0) return 'no';
  return matches.some((item) => isEmpty(item.get('resourceNames'))) ? 'all' : 'some';
}

function matchesItem(item: ManifestNode, audited: AuditedResource): boolean {
  const group = item.get('group').string ?? '';
  if (group !== '*' && group !== audited.group) return false;
  const names = stringItems(item.get('resources'));
  if (names.length === 0) return true;
  const full = audited.subresource === '' ? audited.resource : `${audited.resource}/${audited.subresource}`;
  return names.some(
    (name) =>
      name === '*' ||
      name === full ||
      (audited.subresource !== '' && name === `*/${audited.subresource}`) ||
      name === `${audited.resource}/*`,
  );
}

function isEmpty(list: ManifestNode): boolean {
  return list.isMissing || (list.isKnown && list.isComplete && list.items().length === 0);
}
