import type { ClusterUser, Permission } from '../../kubernetes/index.ts';

/**
 * A ClusterRole with these permissions and nothing else, with the command that binds it; Roles for what is asked for in
 * single namespaces. Undefined if there are none.
 *
 * @param user who is to get it
 */
export function minimalClusterRole(permissions: readonly Permission[], user?: ClusterUser): string | undefined {
  const everywhere = new Map<string, Set<string>>();
  const inNamespaces = new Map<string, Map<string, Set<string>>>();
  const urls = new Set<string>();
  for (const permission of permissions) {
    if (permission.kind === 'url') urls.add(permission.path);
    else if (permission.namespace === undefined) addTo(everywhere, permission.group, permission.resource);
  }
  for (const permission of permissions) {
    if (permission.kind === 'url' || permission.namespace === undefined) continue;
    const { group, resource, namespace } = permission;
    if (everywhere.get(group)?.has(resource) === true) continue;
    const groups = inNamespaces.get(namespace) ?? new Map<string, Set<string>>();
    inNamespaces.set(namespace, groups);
    addTo(groups, group, resource);
  }
  const roles = [
    ...(everywhere.size + urls.size === 0 ? [] : [role(undefined, everywhere, urls, user)]),
    ...[...inNamespaces]
      .sort(([a], [b]) => compare(a, b))
      .map(([namespace, groups]) => role(namespace, groups, new Set(), user)),
  ];
  return roles.length === 0 ? undefined : roles.join('---\n');
}

const roleName = 'kubeharden-reader';

/** Whoever may list objects sees all of them already; to get and to watch them shows nothing more. */
const verbs = '[get, list, watch]';

function role(
  namespace: string | undefined,
  groups: ReadonlyMap<string, ReadonlySet<string>>,
  urls: ReadonlySet<string>,
  user: ClusterUser | undefined,
): string {
  const rules = [...groups]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([group, resources]) => ruleLines(group, resources));
  const ofUrls = urls.size === 0 ? [] : [`  - nonResourceURLs: [${[...urls].sort().join(', ')}]`, '    verbs: [get]'];
  const subject = subjectFlag(user);
  const bind =
    namespace === undefined
      ? `kubectl create clusterrolebinding ${roleName} --clusterrole=${roleName} ${subject}`
      : `kubectl create rolebinding ${roleName} --namespace=${namespace} --role=${roleName} ${subject}`;
  return [
    '# What a scan by KubeHarden could not read. To grant it:',
    `#   ${bind}`,
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${namespace === undefined ? 'ClusterRole' : 'Role'}`,
    'metadata:',
    `  name: ${roleName}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'rules:',
    ...rules,
    ...ofUrls,
    '',
  ].join('\n');
}

function ruleLines(group: string, resources: ReadonlySet<string>): readonly string[] {
  const named = [...resources].filter((resource) => group !== '' || resource !== 'secrets').sort();
  const lines = named.length === 0 ? [] : rule(group, named);
  if (group !== '' || !resources.has('secrets')) return lines;
  return [
    ...lines,
    '  # KubeHarden reads the metadata of Secrets only, but whoever may list them may read their values too.',
    ...rule(group, ['secrets']),
  ];
}

function rule(group: string, resources: readonly string[]): readonly string[] {
  return [
    `  - apiGroups: [${group === '' ? '""' : group}]`,
    // A bare asterisk begins an alias.
    `    resources: [${resources.map((resource) => (resource === '*' ? '"*"' : resource)).join(', ')}]`,
    `    verbs: ${verbs}`,
  ];
}

/** As kubectl wants it. A name that does not fit on a line of a comment is left to the reader. */
function subjectFlag(user: ClusterUser | undefined): string {
  const name = user?.name ?? '';
  const account = /^system:serviceaccount:([^:]+:[^:]+)$/.exec(name)?.[1];
  if (account !== undefined) return `--serviceaccount=${account}`;
  const isPlain = /^[\w.@:/+-]+$/.test(name);
  return `--user=${isPlain ? name : '<your user name>'}`;
}

function addTo(groups: Map<string, Set<string>>, group: string, resource: string): void {
  const resources = groups.get(group) ?? new Set<string>();
  groups.set(group, resources.add(resource));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
