import { networkPluginOf, resourceIdentity } from '../../../kubernetes/index.ts';
import { sentence, together } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, notVerifiable, pass } from '../outcomes.ts';

export const policyEnforcement: ClusterCheck = {
  id: 'network/cni-no-netpol',
  guide: 3,
  summary: 'The network plugin enforces network policies',
  evidence: 'DaemonSets and their configuration, annotations of nodes',
  severity: 'error',
  why: 'The API server stores network policies whether or not anybody carries them out. With a plugin that does not, every policy is decoration.',
  references: ['CIS 5.3.1'],
  needs: [
    mayList('apps', 'daemonsets'),
    mayList('', 'nodes'),
    mayList('', 'configmaps'),
    mayList('networking.k8s.io', 'networkpolicies'),
  ],
  judge(evidence) {
    const plugin = networkPluginOf(evidence);
    if (plugin === undefined) {
      return notVerifiable(
        sentence('No network plugin that is known here was found; one may run outside of the cluster’s sight.'),
        [
          ...(evidence.resources('DaemonSet.apps').kind === 'unseen' ? [mayList('apps', 'daemonsets')] : []),
          ...(evidence.resources('Node').kind === 'unseen' ? [mayList('', 'nodes')] : []),
          sentence('Two pods and a policy between them show it.'),
        ],
      );
    }
    const { name, enforces, because, daemonSet, ended } = plugin;
    const about = daemonSet === undefined ? {} : { object: resourceIdentity(daemonSet) };
    switch (enforces) {
      case 'yes':
        if (ended !== undefined) {
          const message = sentence(
            '{name} enforces network policies, but its project ended in {ended} and mends nothing any more.',
            { name, ended },
          );
          return fail({ message, severity: 'warning', ...about });
        }
        return pass(together(sentence('{name} enforces network policies.', { name }), because));
      case 'unknown':
        return notVerifiable(because, [sentence('Two pods and a policy between them show it.')]);
      case 'no': {
        const policies = evidence.resources('NetworkPolicy.networking.k8s.io');
        const count = policies.kind === 'seen' ? policies.value.length : 0;
        const message =
          count > 0
            ? sentence(
                '{name} does not enforce network policies, so the network policies of this cluster ({count}) have no effect.',
                { name, count },
              )
            : sentence('{name} does not enforce network policies, so network policies would have no effect.', {
                name,
              });
        return fail({
          message,
          severity: count > 0 ? 'error' : 'warning',
          ...about,
        });
      }
    }
  },
};
