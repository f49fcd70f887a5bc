import type { ClusterEvidence } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, pass } from '../outcomes.ts';

/** How the person at the keyboard speaks to the cluster: what no scan inside the cluster can see. */
export const ownKubeconfig: ClusterCheck = {
  id: 'kubeconfig/safe-access',
  guide: 1,
  summary: 'Your own kubeconfig keeps its credentials and checks the server',
  evidence: 'your kubeconfig, and who the API server takes you for',
  severity: 'warning',
  why: 'Whoever holds this file holds your rights, and a connection that does not check the server hands them over on the way.',
  needs: [],
  judge(evidence) {
    const failures = [...connection(evidence), ...credentials(evidence), ...power(evidence)];
    return failures.length > 0
      ? fail(...failures)
      : pass(
          sentence(
            'The server is checked, the credentials are short-lived or a certificate, and the file is yours alone.',
          ),
        );
  },
};

function connection({ kubeconfig }: ClusterEvidence): readonly CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (kubeconfig.server.startsWith('http:')) {
    failures.push({
      message: sentence(
        'Your kubeconfig speaks to {server} without TLS, so everybody on the way reads your credentials.',
        { server: kubeconfig.server },
      ),
      severity: 'error',
    });
  }
  if (kubeconfig.skipsTlsVerification) {
    failures.push({
      message: sentence(
        'Your kubeconfig sets insecure-skip-tls-verify, so anybody on the way can pose as the cluster and take your credentials.',
      ),
      severity: 'error',
    });
  }
  return failures;
}

const day = 24 * 60 * 60 * 1000;

function credentials({ kubeconfig, scannedAt }: ClusterEvidence): readonly CheckFailure[] {
  const { authentication, clientCertificateExpires, fileMode, path } = kubeconfig;
  const failures: CheckFailure[] = [];
  if (authentication === 'token') {
    failures.push({
      message: sentence(
        'Your kubeconfig holds a token itself, which is valid for whoever reads the file and usually never expires.',
      ),
      severity: 'info',
    });
  }
  if (clientCertificateExpires !== undefined) {
    const left = Date.parse(clientCertificateExpires) - Date.parse(scannedAt);
    if (left < 14 * day) {
      const date = clientCertificateExpires.slice(0, 10);
      failures.push({
        message:
          left < 0
            ? sentence('Your client certificate expired on {date}, so you are locked out.', { date })
            : sentence('Your client certificate expires on {date}, and then you are locked out.', { date }),
      });
    }
  }
  if (fileMode !== undefined && (fileMode & 0o077) !== 0) {
    failures.push({
      message: sentence('{path} can be read by other users of this machine (mode {mode}).', {
        path,
        mode: fileMode.toString(8),
      }),
    });
  }
  return failures;
}

/** `system:masters` is checked before any authorizer (plugin/pkg/auth/authorizer, superuser group). */
function power({ user }: ClusterEvidence): readonly CheckFailure[] {
  if (user.kind === 'unseen' || !user.value.groups.includes('system:masters')) return [];
  return [
    {
      message: sentence(
        'You are "{user}" in the group system:masters, which no role and no binding can limit or take away.',
        { user: user.value.name },
      ),
    },
  ];
}
