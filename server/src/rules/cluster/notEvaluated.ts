import { sentence } from '../../sentences/index.ts';
import type { ClusterCheck } from './clusterCheck.ts';
import { notVerifiable } from './outcomes.ts';

/** What frameworks ask and no API of the cluster answers, listed so that a report shows that nobody looked. */
export const notEvaluated: ClusterCheck = {
  id: 'live/cloud-and-runtime-only',
  summary: 'What only the provider, the nodes or the images themselves show',
  evidence: 'nothing: what it lists is outside of the Kubernetes API',
  severity: 'info',
  why: 'Some controls ask for things outside of the Kubernetes API: who may call the provider’s API, the network around the control plane, files on nodes, flaws inside images. Whoever reports on a framework has to look there.',
  references: [
    'C-0083',
    'C-0084',
    'C-0085',
    'C-0089',
    'C-0221',
    'C-0222',
    'C-0223',
    'C-0229',
    'C-0231',
    'C-0233',
    'C-0241',
    'C-0242',
    'C-0243',
    'C-0245',
    'C-0247',
    'C-0248',
    'C-0249',
    'C-0250',
    'C-0251',
    'C-0252',
    'C-0257',
    'C-0258',
    'C-0287',
    'C-0288',
    'C-0308',
  ],
  needs: [],
  judge: () =>
    notVerifiable(
      sentence(
        'Not evaluated: the provider’s own settings, the network around the API server, files and processes on nodes, known flaws in images.',
      ),
      [sentence('The provider’s tools, an agent on the nodes and an image scanner show them.')],
    ),
};
