import { apiServerFlags, sourcesOf } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, flagsReadFrom, pass, unseenOutcome } from '../outcomes.ts';

/** The handshake counts more than the flags: a proxy or load balancer may speak for the API server. */
export const tlsProtocols: ClusterCheck = {
  id: 'api-server/tls-min-version',
  guide: 1,
  summary: 'The API server speaks TLS 1.2 or newer only',
  evidence: 'TLS handshakes, then the flags of the API servers',
  severity: 'warning',
  why: 'TLS 1.0 and 1.1 have known weaknesses and were withdrawn by RFC 8996.',
  references: ['RFC 8996', 'KCV-0027', 'C-0138'],
  needs: flagsReadFrom,
  judge(evidence) {
    const { tls } = evidence;
    if (tls.kind === 'seen') {
      const old = tls.value.acceptedOldProtocols.map((protocol) => (protocol === 'TLSv1' ? 'TLS 1.0' : 'TLS 1.1'));
      return old.length === 0
        ? pass(sentence('It refuses a handshake in TLS 1.0 and 1.1.'))
        : fail({
            message: sentence(
              'The API server accepts {protocols}, which let whoever sits on the way weaken the connection.',
              { protocols: old },
            ),
          });
    }
    const servers = apiServerFlags(evidence);
    const old = servers.filter((server) => /^VersionTLS1[01]$/.test(server.value('tls-min-version') ?? ''));
    if (old.length > 0) {
      return fail({
        message: sentence(
          'The API server is told to accept TLS older than 1.2 ({sources}), which lets whoever sits on the way weaken the connection.',
          { sources: sourcesOf(old) },
        ),
      });
    }
    // The default is TLS 1.2 (component-base/cli/flag/ciphersuites_flag.go, DefaultTLSVersion).
    if (servers.length > 0) return pass(sentence('Its flags allow nothing older than TLS 1.2.'));
    return unseenOutcome(tls);
  },
};
