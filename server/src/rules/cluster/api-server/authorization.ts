import { apiServerFlags, type MetricSample, samplesOf, sourcesOf } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, flagsReadFrom, mayReadFlags, mayReadMetrics, notVerifiable, pass } from '../outcomes.ts';

export const authorization: ClusterCheck = {
  id: 'api-server/authorization',
  guide: 1,
  summary: 'Requests are authorized by RBAC, and never simply allowed',
  evidence:
    'the metric `apiserver_authorization_decisions_total`, then the flags of the API servers, then which APIs are served',
  severity: 'error',
  why: 'With the authorizer `AlwaysAllow` every authenticated caller may do everything, whatever the roles say.',
  references: ['CIS 1.2.6', 'CIS 1.2.8', 'CKV_K8S_74', 'CKV_K8S_77'],
  needs: [mayReadMetrics, ...flagsReadFrom],
  judge(evidence) {
    const { metrics, apiGroups } = evidence;
    const decisions = metrics.kind === 'seen' ? decidingAuthorizers(metrics.value) : new Set<string>();
    if (decisions.has('AlwaysAllow')) {
      return fail({
        message: sentence(
          'The API server allows every request of every authenticated caller (AlwaysAllow), whatever the roles say.',
        ),
      });
    }
    if (decisions.has('RBAC'))
      return pass(sentence('The API server has decided requests by RBAC, as its metrics count.'));
    // Without the flag and without a file the mode is AlwaysAllow (pkg/kubeapiserver/options/authorization.go).
    const servers = apiServerFlags(evidence).filter((server) => server.value('authorization-config') === undefined);
    const lax = servers.filter((server) => {
      const modes = server.list('authorization-mode');
      return modes.length === 0 || modes.includes('AlwaysAllow');
    });
    if (lax.length > 0) {
      return fail({
        message: sentence(
          'The API server allows every request of every authenticated caller ({sources}), whatever the roles say.',
          { sources: sourcesOf(lax) },
        ),
      });
    }
    if (servers.length > 0 && servers.every((server) => server.list('authorization-mode').includes('RBAC'))) {
      const modes = servers[0]?.list('authorization-mode').join(', ') ?? '';
      return pass(sentence('Requests are authorized by {modes}.', { modes }));
    }
    if (apiGroups.kind === 'seen' && !apiGroups.value.has('rbac.authorization.k8s.io')) {
      return fail({ message: sentence('The API server does not serve RBAC, so roles and bindings decide nothing.') });
    }
    return notVerifiable(
      sentence('RBAC is served, but not shown is whether another authorizer allows everything before it.'),
      [mayReadMetrics, mayReadFlags],
    );
  },
};

/** The metric names the authorizer by its type (apiserver/pkg/authorization/metrics, since 1.31). */
function decidingAuthorizers(metrics: readonly MetricSample[]): ReadonlySet<string> {
  const decisions = samplesOf(metrics, 'apiserver_authorization_decisions_total').filter(({ value }) => value > 0);
  return new Set(decisions.map(({ labels }) => labels.type ?? ''));
}
