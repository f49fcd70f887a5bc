import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, notVerifiable, pass, unseenOutcome } from '../outcomes.ts';

const day = 24 * 60 * 60 * 1000;

export const servingCertificate: ClusterCheck = {
  id: 'api-server/serving-certificate',
  guide: 1,
  summary: 'The certificate of the API server is valid for a while yet, and its key is strong',
  evidence: 'the TLS handshake',
  severity: 'warning',
  why: 'With an expired certificate nobody reaches the cluster, and people begin to switch the verification off. kubeadm renews certificates only during upgrades.',
  references: ['kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs'],
  needs: [],
  judge({ tls, scannedAt }) {
    if (tls.kind === 'unseen') return unseenOutcome(tls);
    const { certificateExpires, keyBits } = tls.value;
    if (isWeak(keyBits)) {
      return fail({
        message: sentence(
          'The certificate of the API server has a key of {bits} bits, which can be broken, and then anybody can pose as the cluster.',
          { bits: keyBits },
        ),
      });
    }
    if (certificateExpires === undefined)
      return notVerifiable(sentence('The API server showed a certificate without an end that can be read.'));
    const left = Date.parse(certificateExpires) - Date.parse(scannedAt);
    const date = certificateExpires.slice(0, 10);
    if (left < 0) {
      return fail({
        message: sentence(
          'The certificate of the API server expired on {date}, so that nobody can check whom they speak to.',
          { date },
        ),
        severity: 'error',
      });
    }
    if (left < 30 * day) {
      return fail({
        message: sentence('The certificate of the API server expires on {date}, and then nobody reaches the cluster.', {
          date,
        }),
      });
    }
    return pass(sentence('The certificate is valid until {date}.', { date }));
  },
};

/** RSA below 2048 bits (CA/Browser Forum, Baseline Requirements 6.1.5). Keys on elliptic curves have 521 bits at most. */
function isWeak(bits: number | undefined): bits is number {
  return bits !== undefined && bits > 521 && bits < 2048;
}
