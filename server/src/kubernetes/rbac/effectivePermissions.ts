import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import { stringItems } from '../values/stringItems.ts';

/** Who may be granted something. */
export type RbacSubject =
  | { readonly kind: 'User' | 'Group'; readonly name: string }
  | { readonly kind: 'ServiceAccount'; readonly namespace: string; readonly name: string };

/** One rule of a role, as values (k8s.io/api/rbac/v1, PolicyRule). */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceUrls: readonly string[];
}

/** A rule that a subject has, and by which binding. */
export interface Grant {
  readonly rule: PolicyRule;
  /** Where it holds; undefined for the whole cluster. */
  readonly namespace: string | undefined;
  readonly role: Resource;
  readonly binding: Resource;
}

/** Roles and bindings of a cluster or of a folder. */
export interface RbacObjects {
  readonly roles: readonly Resource[];
  readonly clusterRoles: readonly Resource[];
  readonly roleBindings: readonly Resource[];
  readonly clusterRoleBindings: readonly Resource[];
}

/**
 * What subjects may do by RBAC alone: rules of all roles that are bound to them or to a group that they are in. Other
 * authorizers (Node, webhooks, a cloud's own) may add to it and are not in sight. An aggregated ClusterRole has the rules
 * that the controller has written into it.
 */
export class EffectivePermissions {
  readonly #grants = new Map<string, Grant[]>();
  readonly #subjects = new Map<string, RbacSubject>();

  constructor({ roles, clusterRoles, roleBindings, clusterRoleBindings }: RbacObjects) {
    const ofNamespace = new Map(roles.map((role) => [`${role.namespace}/${role.name}`, role]));
    const ofCluster = new Map(clusterRoles.map((role) => [role.name, role]));
    for (const binding of clusterRoleBindings) this.#bind(binding, ofCluster.get(roleName(binding)), undefined);
    for (const binding of roleBindings) {
      const isClusterRole = binding.node.get('roleRef', 'kind').string === 'ClusterRole';
      const role = isClusterRole
        ? ofCluster.get(roleName(binding))
        : ofNamespace.get(`${binding.namespace}/${roleName(binding)}`);
      this.#bind(binding, role, binding.namespace);
    }
  }

  /** Every subject that a binding names, whose role was read. */
  subjects(): readonly RbacSubject[] {
    return [...this.#subjects.values()];
  }

  /** Grants of the subject itself, without those of its groups. */
  directGrantsOf(subject: RbacSubject): readonly Grant[] {
    return this.#grants.get(keyOf(subject)) ?? [];
  }

  /** Grants of a service account and of the groups that it is in (serviceaccount/util.go, MakeGroupNames). */
  grantsOfServiceAccount(namespace: string, name: string): readonly Grant[] {
    const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
    return [
      ...this.directGrantsOf({ kind: 'ServiceAccount', namespace, name }),
      ...this.directGrantsOf({ kind: 'User', name: `system:serviceaccount:${namespace}:${name}` }),
      ...groups.flatMap((group) => this.directGrantsOf({ kind: 'Group', name: group })),
    ];
  }

  #bind(binding: Resource, role: Resource | undefined, namespace: string | undefined): void {
    if (role === undefined) return;
    const rules = role.node.get('rules').items().map(readPolicyRule);
    for (const node of binding.node.get('subjects').items()) {
      const subject = readSubject(node, binding.namespace);
      if (subject === undefined) continue;
      const key = keyOf(subject);
      this.#subjects.set(key, subject);
      const grants = this.#grants.get(key) ?? [];
      grants.push(...rules.map((rule) => ({ rule, namespace, role, binding })));
      this.#grants.set(key, grants);
    }
  }
}

export function readPolicyRule(node: ManifestNode): PolicyRule {
  return {
    apiGroups: stringItems(node.get('apiGroups')),
    resources: stringItems(node.get('resources')),
    verbs: stringItems(node.get('verbs')),
    resourceNames: stringItems(node.get('resourceNames')),
    nonResourceUrls: stringItems(node.get('nonResourceURLs')),
  };
}

/** Whether a rule allows a verb on a resource of any name (component-helpers/auth/rbac/validation/policy_comparator.go). */
export function ruleAllows(rule: PolicyRule, verb: string, apiGroup: string, resource: string): boolean {
  if (rule.resourceNames.length > 0) return false;
  const has = (list: readonly string[], wanted: string) => list.includes('*') || list.includes(wanted);
  if (!has(rule.verbs, verb) || !has(rule.apiGroups, apiGroup)) return false;
  const subresource = resource.split('/')[1];
  return has(rule.resources, resource) || (subresource !== undefined && rule.resources.includes(`*/${subresource}`));
}

/** `ServiceAccount shop/web`, `Group dev`. */
export function describeSubject(subject: RbacSubject): string {
  const name = subject.kind === 'ServiceAccount' ? `${subject.namespace}/${subject.name}` : subject.name;
  return `${subject.kind} ${name}`;
}

function roleName(binding: Resource): string {
  return binding.node.get('roleRef', 'name').string ?? '';
}

function readSubject(node: ManifestNode, bindingNamespace: string): RbacSubject | undefined {
  const kind = node.get('kind').string;
  const name = node.get('name').string;
  if (name === undefined) return undefined;
  if (kind === 'User' || kind === 'Group') return { kind, name };
  if (kind !== 'ServiceAccount') return undefined;
  return { kind, name, namespace: node.get('namespace').string ?? bindingNamespace };
}

function keyOf(subject: RbacSubject): string {
  return describeSubject(subject);
}
