import { systemConfigMap } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, notVerifiable, pass, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('', 'configmaps')];

/**
 * Every API server, those of providers too, publishes the authorities whose client certificates it takes, so that
 * extension servers take the same (pkg/controlplane/controller/clusterauthenticationtrust).
 */
export const clientCertificates: ClusterCheck = {
  id: 'api-server/client-ca-file',
  guide: 1,
  summary: 'Components prove to the API server who they are with certificates',
  evidence: 'the ConfigMap `kube-system/extension-apiserver-authentication`',
  severity: 'warning',
  why: 'Mutual TLS needs an authority for client certificates. Without one kubelets and controllers have nothing but tokens, which whoever reads one can use from anywhere.',
  references: ['CIS 1.2.25', 'KCV-0028', 'C-0139'],
  needs,
  judge(evidence) {
    const configMaps = evidence.resources('ConfigMap');
    if (configMaps.kind === 'unseen') return unseenOutcome(configMaps);
    const published = systemConfigMap(evidence, 'extension-apiserver-authentication');
    if (published === undefined) {
      return notVerifiable(
        sentence(
          'The ConfigMap kube-system/extension-apiserver-authentication, in which API servers publish the authority of client certificates, was not found.',
        ),
        needs,
      );
    }
    if ((published.node.get('data', 'client-ca-file').string ?? '') !== '')
      return pass(sentence('The API server takes client certificates, and publishes the authority that signs them.'));
    return fail({
      message: sentence(
        'The API server takes no client certificates, so that components have only tokens to prove who they are.',
      ),
    });
  },
};
