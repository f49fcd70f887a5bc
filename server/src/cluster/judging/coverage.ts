import { describePermission, type Seen } from '../../kubernetes/index.ts';
import { type ClusterSnapshot, groupKindOfKind } from '../collection/clusterSnapshot.ts';
import { permissionFor } from '../collection/collectKind.ts';
import type { CoverageGap } from '../protocol/index.ts';

/** What was not read, as far as it exists: kinds that this cluster does not serve leave no gap. */
export function coverageGaps(snapshot: ClusterSnapshot): readonly CoverageGap[] {
  const ofKinds = snapshot.collected.flatMap(({ kind, objects }) => {
    const gap = gapOf(objects, kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`);
    if (gap === undefined) return [];
    return [gap.cause === 'incomplete' ? { ...gap, permission: permissionFor(kind) } : gap];
  });
  const ofEndpoints = [
    gapOf(snapshot.flags, '/flagz'),
    gapOf(snapshot.metrics, '/metrics'),
    gapOf(snapshot.apiGroups, 'API discovery'),
  ];
  return [...ofKinds, ...ofEndpoints.filter((gap) => gap !== undefined)];
}

function gapOf(seen: Seen<unknown>, what: string): CoverageGap | undefined {
  if (seen.kind === 'seen') {
    return seen.incomplete === undefined ? undefined : { what, cause: 'incomplete', reason: seen.incomplete };
  }
  if (seen.cause === 'absent') return undefined;
  const { cause, reason, permission } = seen;
  const hint = permission === undefined ? '' : ` It needs: ${describePermission(permission)}.`;
  return { what, cause, reason: `${reason}${hint}`, ...(permission === undefined ? {} : { permission }) };
}

/** Kinds whose absence rules across objects report. */
const kindsOfFacts: ReadonlySet<string> = new Set([
  'Namespace',
  'Deployment.apps',
  'DaemonSet.apps',
  'StatefulSet.apps',
  'CronJob.batch',
  'Job.batch',
  'Pod',
  'ServiceAccount',
  'NetworkPolicy.networking.k8s.io',
  'RoleBinding.rbac.authorization.k8s.io',
  'ClusterRoleBinding.rbac.authorization.k8s.io',
]);

/**
 * Whether everything was read that rules across objects ask about. They report what is missing, and what could not be
 * read is not missing.
 */
export function seesAllFacts({ collected }: ClusterSnapshot): boolean {
  return collected.every(({ kind, objects }) => {
    if (kind.isAddOn !== true && !kindsOfFacts.has(groupKindOfKind(kind))) return true;
    if (objects.kind === 'unseen') return objects.cause === 'absent';
    return objects.incomplete === undefined;
  });
}
