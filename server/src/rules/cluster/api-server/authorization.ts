import { type MetricSample, samplesOf } from '../../../kubernetes/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, mayReadMetrics, notVerifiable, pass } from '../outcomes.ts';

export const authorization: ClusterCheck = {
  id: 'api-server/authorization',
  guide: 1,
  summary: 'Requests are authorized by RBAC, and never simply allowed',
  severity: 'error',
  why: 'With the authorizer `AlwaysAllow` every authenticated caller may do everything, whatever the roles say.',
  references: ['CIS 1.2.6', 'CIS 1.2.8', 'CKV_K8S_74', 'CKV_K8S_77'],
  needs: [mayReadMetrics],
  judge({ metrics, apiGroups }) {
    const decisions = metrics.kind === 'seen' ? decidingAuthorizers(metrics.value) : new Set<string>();
    if (decisions.has('AlwaysAllow')) {
      return fail({
        message:
          'The API server allows every request of every authenticated caller (AlwaysAllow), whatever the roles say.',
      });
    }
    if (decisions.has('RBAC')) return pass('The API server has decided requests by RBAC, as its metrics count.');
    if (apiGroups.kind === 'seen' && !apiGroups.value.has('rbac.authorization.k8s.io')) {
      return fail({ message: 'The API server does not serve RBAC, so roles and bindings decide nothing.' });
    }
    return notVerifiable('RBAC is served, but not shown is whether another authorizer allows everything before it.', [
      mayReadMetrics,
    ]);
  },
};

/** The metric names the authorizer by its type (apiserver/pkg/authorization/metrics, since 1.31). */
function decidingAuthorizers(metrics: readonly MetricSample[]): ReadonlySet<string> {
  const decisions = samplesOf(metrics, 'apiserver_authorization_decisions_total').filter(({ value }) => value > 0);
  return new Set(decisions.map(({ labels }) => labels.type ?? ''));
}
