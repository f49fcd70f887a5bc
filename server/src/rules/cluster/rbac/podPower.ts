import { type Danger, dangersOf, isSystemNamespace, mountsToken } from '../../../kubernetes/index.ts';
import { type Argument, phrase, sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, passIfAllRead, unseenOutcome } from '../outcomes.ts';
import { permissionsIn, rbacNeeds } from './rbacObjects.ts';

const needs = [...rbacNeeds, mayList('', 'pods')];

export const podPower: ClusterCheck = {
  id: 'rbac/workload-privileged-sa',
  guide: 2,
  summary: 'No running pod holds a token that can take over the cluster',
  evidence: 'running pods with a mounted token, all roles and bindings, resolved',
  severity: 'warning',
  why: 'Whoever breaks into a pod has its token. With these rights one broken container is a broken cluster.',
  references: ['C-0188', 'KL:access-to-secrets'],
  needs,
  judge(evidence) {
    const { pods } = evidence;
    const read = permissionsIn(evidence);
    const unseen = ['unseen' in read ? read.unseen : [], pods.kind === 'unseen' ? [pods] : []].flat();
    if ('unseen' in read || pods.kind === 'unseen') return unseenOutcome(...unseen);
    const failures = pods.value
      .filter(({ pod }) => mountsToken(pod))
      .flatMap((group): readonly CheckFailure[] => {
        if (isSystemNamespace(group.namespace)) return [];
        const account = group.pod.spec.get('serviceAccountName').string ?? 'default';
        const dangers = dangersOf(read.permissions.grantsOfServiceAccount(group.namespace, account));
        if (dangers.length === 0) return [];
        const { kind, name } = group.controller;
        const message = sentence('A token in {kind} {namespace}/{name} (service account "{account}") can {powers}.', {
          kind,
          namespace: group.namespace,
          name,
          account,
          powers: powersOf(dangers),
        });
        // Without the right to run pods a namespace without a level leads nowhere.
        const isClusterWide = dangers.some(({ id, namespace }) => namespace === undefined && id !== 'namespaces');
        return [{ message, severity: isClusterWide ? 'error' : 'warning', object: group.controller }];
      });
    return failures.length > 0
      ? fail(...failures)
      : passIfAllRead(
          sentence('No pod outside of the system’s own namespaces holds a token with rights that lead further.'),
          needs,
          pods,
          ...read.lists,
        );
  },
};

function powersOf(dangers: readonly Danger[]): Argument {
  return fewOf(
    dangers.map(({ can, namespace }) =>
      namespace === undefined ? can : phrase('{can} in namespace {namespace}', { can, namespace }),
    ),
  );
}
