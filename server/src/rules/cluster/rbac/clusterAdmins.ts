import {
  dangersOf,
  describeSubject,
  providerNames,
  providerOf,
  type RbacSubject,
  resourceIdentity,
} from '../../../kubernetes/index.ts';
import { sentence, together } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, notVerifiable, passIfAllRead, unseenOutcome } from '../outcomes.ts';
import { permissionsIn, rbacNeeds } from './rbacObjects.ts';

export const clusterAdmins: ClusterCheck = {
  id: 'rbac/cluster-admins',
  guide: 2,
  summary: 'Nobody but the break-glass group may do everything',
  evidence: 'all roles and bindings, resolved',
  severity: 'warning',
  why: 'Whoever may do everything owns the cluster, its nodes and every Secret in it. Each name on this list is a way in.',
  references: ['CIS 5.1.1', 'C-0035', 'CKV_K8S_49'],
  needs: [...rbacNeeds, mayList('', 'nodes')],
  judge(evidence) {
    const read = permissionsIn(evidence);
    if ('unseen' in read) return unseenOutcome(...read.unseen);
    const { permissions } = read;
    const failures = permissions.subjects().flatMap((subject): readonly CheckFailure[] => {
      if (isBuiltIn(subject)) return [];
      const [danger] = dangersOf(permissions.directGrantsOf(subject));
      if (danger?.id !== 'everything') return [];
      const { binding, role } = danger.grant;
      return [
        {
          message: sentence('{subject} may do everything in the cluster, by {role}.', {
            subject: describeSubject(subject),
            role: `${role.kind} ${role.name}`,
          }),
          ...severityOf(subject),
          object: resourceIdentity(binding),
        },
      ];
    });
    if (failures.length > 0) return fail(...failures);
    const because = sentence('No binding but those of Kubernetes itself gives every right.');
    const provider = providerOf(evidence);
    // Access entries of EKS, roles of IAM on GKE and of Azure on AKS decide beside RBAC, and are no objects of the cluster.
    if (provider !== 'selfManaged' && provider !== 'openshift') {
      const name = providerNames[provider];
      return notVerifiable(
        together(
          because,
          sentence('Whom {provider} gives rights to by itself is not visible in the cluster.', { provider: name }),
        ),
        [sentence('The access management of {provider} shows it.', { provider: name })],
      );
    }
    return passIfAllRead(because, rbacNeeds, ...read.lists);
  },
};

/** Kubernetes' own: controllers, and the groups that kubeadm hands to whoever sets the cluster up. */
function isBuiltIn(subject: RbacSubject): boolean {
  if (subject.kind === 'ServiceAccount') return false;
  return subject.name === 'system:masters' || subject.name === 'kubeadm:cluster-admins';
}

const everybody: ReadonlySet<string> = new Set([
  'system:authenticated',
  'system:unauthenticated',
  'system:serviceaccounts',
]);

function severityOf(subject: RbacSubject): Pick<CheckFailure, 'severity'> {
  return subject.kind === 'Group' && everybody.has(subject.name) ? { severity: 'error' } : {};
}
