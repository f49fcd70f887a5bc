import { type Danger, dangersOf, isSystemNamespace, mountsToken, type PodGroup } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, passIfAllRead, unseenOutcome } from '../outcomes.ts';
import { permissionsIn, rbacNeeds } from './rbacObjects.ts';

const needs = [mayList('', 'pods'), ...rbacNeeds];

export const defaultServiceAccount: ClusterCheck = {
  id: 'rbac/default-service-account',
  guide: 2,
  summary: 'No running pod holds a token of the default service account',
  evidence: 'running pods with a mounted token; roles and bindings for the severity',
  severity: 'info',
  why: 'Every pod of a namespace that names no service account shares the default one. What is granted to it for one of them, all of them have.',
  references: ['CIS 5.1.5', 'C-0189', 'CKV_K8S_41'],
  needs,
  judge(evidence) {
    const { pods } = evidence;
    if (pods.kind === 'unseen') return unseenOutcome(pods);
    const read = permissionsIn(evidence);
    const holders = new Map<string, PodGroup[]>();
    for (const group of pods.value.filter(holdsDefaultToken)) {
      holders.set(group.namespace, [...(holders.get(group.namespace) ?? []), group]);
    }
    const failures = [...holders].map(([namespace, groups]): CheckFailure => {
      const dangers = 'unseen' in read ? [] : dangersOf(read.permissions.grantsOfServiceAccount(namespace, 'default'));
      return failureOf(namespace, groups, dangers);
    });
    if (failures.length > 0) return fail(...failures);
    return passIfAllRead(
      sentence('No pod outside of the system’s own namespaces holds a token of a default service account.'),
      needs,
      pods,
    );
  },
};

function holdsDefaultToken({ namespace, pod }: PodGroup): boolean {
  const account = pod.spec.get('serviceAccountName').string ?? 'default';
  return !isSystemNamespace(namespace) && account === 'default' && mountsToken(pod);
}

function failureOf(namespace: string, groups: readonly PodGroup[], dangers: readonly Danger[]): CheckFailure {
  const pods = fewOf(groups.map(({ controller }) => `${controller.kind} ${controller.name}`));
  const message =
    dangers.length === 0
      ? sentence(
          'Pods in namespace {namespace} hold a token of its default service account ({pods}), so whatever is granted to it for one of them all of them have.',
          { namespace, pods },
        )
      : sentence(
          'Pods in namespace {namespace} hold a token of its default service account ({pods}), which can {powers}.',
          { namespace, pods, powers: fewOf(dangers.map(({ can }) => can)) },
        );
  return {
    message,
    ...(dangers.length === 0 ? {} : { severity: 'error' }),
    object: { group: '', version: 'v1', kind: 'ServiceAccount', namespace, name: 'default' },
    sumsUp: groups.map(({ controller }) => controller),
  };
}
