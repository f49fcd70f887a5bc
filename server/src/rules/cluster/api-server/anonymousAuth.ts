import type { AnonymousProbe } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckOutcome, ClusterCheck } from '../clusterCheck.ts';

export const anonymousAuth: ClusterCheck = {
  id: 'api-server/anonymous-auth',
  guide: 1,
  summary: 'Anonymous requests reach nothing but health checks',
  evidence: 'requests without credentials to `/version`, `/api` and `/healthz`',
  severity: 'warning',
  why: 'A request without credentials is served as `system:anonymous`. Whatever RBAC grants to that user or to `system:unauthenticated` is open to everybody who reaches the API server.',
  references: ['CIS 1.2.1', 'CKV_K8S_68', 'KCV-0001'],
  needs: [],
  judge({ anonymous }) {
    if (anonymous.kind === 'unseen') {
      return { kind: 'notVerifiable', because: anonymous.reason, unlockedBy: [] };
    }
    return verdict(anonymous.value);
  },
};

/**
 * The API server answers 401 to the unauthenticated where anonymous access is off, 403 where it is on and RBAC grants
 * nothing. Discovery (`/version`) is granted to everybody by the bootstrap role system:public-info-viewer.
 */
function verdict({ version, api, healthz }: AnonymousProbe): CheckOutcome {
  if (version === undefined) {
    return {
      kind: 'notVerifiable',
      because: sentence('The API server did not answer a request without credentials.'),
      unlockedBy: [],
    };
  }
  if (version === 401) {
    const because =
      healthz === 200
        ? sentence('A request without credentials is refused everywhere but at the health checks.')
        : sentence('A request without credentials is refused (401).');
    return { kind: 'pass', because };
  }
  if (api === 200) {
    const message = sentence(
      'Anybody who reaches the API server can list its APIs without credentials, so RBAC grants more to anonymous callers than the default.',
    );
    return { kind: 'fail', failures: [{ message, severity: 'error' }] };
  }
  const message = sentence(
    'The API server takes requests without credentials, so one careless binding to "system:anonymous" or "system:unauthenticated" opens the cluster to everybody who reaches it.',
  );
  return { kind: 'fail', failures: [{ message, severity: 'info' }] };
}
