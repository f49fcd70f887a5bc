import { isSystemNamespace, type Resource, resourceIdentity } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('', 'namespaces'), mayList('', 'pods')];

export const enforcedLevels: ClusterCheck = {
  id: 'admission/psa-enforce-missing',
  summary: 'Every namespace in which pods run enforces a Pod Security level',
  evidence: 'labels of namespaces in which pods run',
  severity: 'warning',
  why: 'Without a level everybody who may create a pod in a namespace may create one that takes over the node.',
  references: ['CIS 5.2.1', 'kubernetes.io/docs/concepts/security/pod-security-admission'],
  needs,
  judge(evidence) {
    const { pods } = evidence;
    const namespaces = evidence.resources('Namespace');
    if (namespaces.kind === 'unseen' || pods.kind === 'unseen') return unseenOutcome(...unseenOf(namespaces, pods));
    const used = new Set(pods.value.map(({ namespace }) => namespace));
    const open = namespaces.value.filter((namespace) => used.has(namespace.name) && isOpen(namespace));
    if (open.length === 0) {
      const because = sentence('Every namespace with pods enforces a level, those of the system itself apart.');
      return passIfAllRead(because, needs, namespaces, pods);
    }
    return fail(
      ...open.map((namespace) => ({
        message: sentence(
          'Namespace {namespace} enforces no Pod Security level but what the API server sets for all, which is none unless somebody configured one.',
          { namespace: namespace.name },
        ),
        object: resourceIdentity(namespace),
      })),
    );
  },
};

/** What the system itself runs has to be privileged. A written `privileged` is somebody's decision, and has a rule of its own. */
function isOpen({ name, labels }: Resource): boolean {
  return !isSystemNamespace(name) && !labels.has('pod-security.kubernetes.io/enforce');
}
