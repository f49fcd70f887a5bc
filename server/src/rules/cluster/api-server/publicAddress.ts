import { type ClusterProvider, providerOf, reachOf } from '../../../kubernetes/index.ts';
import { type Sentence, sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { mayList, notVerifiable, pass, unseenOutcome } from '../outcomes.ts';

/** What lets only some networks in, by what it is called. */
const whereShown: Readonly<Record<ClusterProvider, Sentence>> = {
  eks: sentence('The publicAccessCidrs of the cluster in Amazon EKS show it.'),
  gke: sentence('The authorized networks of the cluster in Google GKE show it.'),
  aks: sentence('The authorized IP ranges of the cluster in Azure AKS show it.'),
  openshift: sentence('The load balancer and the firewall in front of the API server show it.'),
  selfManaged: sentence('The load balancer and the firewall in front of the API server show it.'),
};

/** A firewall is not seen from within, so that this never fails: it tells where to look. */
export const publicAddress: ClusterCheck = {
  id: 'api-server/public-address',
  guide: 1,
  summary: 'Only known networks reach the API server',
  evidence: 'the address at which you reach it',
  severity: 'warning',
  why: 'Whoever reaches the API server can try stolen credentials on it, and the next flaw in it before it is mended.',
  references: ['NSA', 'CIS 5.6.3'],
  needs: [mayList('', 'nodes')],
  judge(evidence) {
    const { tls } = evidence;
    if (tls.kind === 'unseen') return unseenOutcome(tls);
    const { address } = tls.value;
    const provider = providerOf(evidence);
    const help = [whereShown[provider]];
    if (address === undefined)
      return notVerifiable(sentence('You reach the API server through a proxy, so its address is not visible.'), help);
    switch (reachOf(address)) {
      case 'thisMachine':
        return notVerifiable(
          sentence('You reach the API server through your own machine, so its address is not visible.'),
          help,
        );
      case 'private':
        // Their servers may have a public address beside it.
        return provider === 'selfManaged'
          ? pass(sentence('From here the API server is reached at the private address {address}.', { address }))
          : notVerifiable(
              sentence(
                'You reach the API server at the private address {address}; whether it has a public one too is not visible.',
                { address },
              ),
              help,
            );
      case 'public':
        return notVerifiable(
          sentence(
            'You reach the API server at the public address {address}; from which networks it may be reached is not visible.',
            { address },
          ),
          help,
        );
    }
  },
};
