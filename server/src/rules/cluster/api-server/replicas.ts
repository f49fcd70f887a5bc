import type { RunningFlags } from '../../../kubernetes/index.ts';
import { staticPodFlags } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, pass, unseenOutcome } from '../outcomes.ts';

/**
 * Each API server holds a Lease of its own in kube-system while it runs, since 1.26 (KEP-1965). One that was stopped
 * leaves its Lease for an hour.
 */
export const apiServerReplicas: ClusterCheck = {
  id: 'api-server/replicas-agree',
  guide: 1,
  summary: 'Several API servers run, and with the same flags',
  evidence: 'the static pods of the API servers, then their Leases in `kube-system`',
  severity: 'info',
  why: 'With one API server every update and every fault takes the control plane away. With several that differ, it depends on luck whether a request is audited or refused.',
  references: ['kubernetes.io/docs/concepts/architecture/leases'],
  needs: [mayList('coordination.k8s.io', 'leases', 'kube-system'), mayList('', 'pods'), mayList('', 'nodes')],
  judge(evidence) {
    const servers = staticPodFlags(evidence, 'kube-apiserver');
    const different = differencesOf(servers);
    if (different.length > 0) {
      return fail({
        message: sentence('The API servers do not agree in {flags}, so what one refuses or records another may not.', {
          flags: fewOf(different.map((name) => `--${name}`)),
        }),
        severity: 'warning',
      });
    }
    const leases = evidence.resources('Lease.coordination.k8s.io');
    if (servers.length > 1)
      return pass(sentence('{count} API servers run, and agree in their flags.', { count: servers.length }));
    if (leases.kind === 'unseen') return unseenOutcome(leases);
    const count = leases.value.filter(
      ({ labels }) => labels.get('apiserver.kubernetes.io/identity') === 'kube-apiserver',
    ).length;
    if (count > 1)
      return pass(
        sentence('{count} API servers hold a Lease; whether they agree in their flags only their static pods show.', {
          count,
        }),
      );
    const nodes = evidence.resources('Node');
    if (nodes.kind === 'seen' && nodes.value.length === 1)
      return pass(sentence('One node needs no more than one API server.'));
    if (count === 0) {
      return {
        kind: 'notVerifiable',
        because: sentence('No API server holds a Lease in kube-system, as those before 1.26 do not.'),
        unlockedBy: [],
      };
    }
    return fail({
      message: sentence(
        'Only one API server runs, so that every update and every fault of it takes the control plane away.',
      ),
    });
  },
};

/** What belongs to one machine. */
const ownFlags: ReadonlySet<string> = new Set([
  'advertise-address',
  'bind-address',
  'etcd-servers',
  'external-hostname',
  'secure-port',
  'v',
]);

function differencesOf(servers: readonly RunningFlags[]): readonly string[] {
  const [first, ...others] = servers;
  if (first === undefined) return [];
  const names = new Set(servers.flatMap(({ names }) => names));
  return [...names].filter(
    (name) => !ownFlags.has(name) && others.some((server) => server.value(name) !== first.value(name)),
  );
}
