import {
  apiServerFlags,
  type ClusterEvidence,
  openShiftCluster,
  providerNames,
  providerOf,
  resourceIdentity,
  sourcesOf,
  totalOf,
} from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckOutcome, ClusterCheck } from '../clusterCheck.ts';
import { fail, flagsReadFrom, mayList, mayReadFlags, mayReadMetrics, notVerifiable, pass } from '../outcomes.ts';

export const auditLogging: ClusterCheck = {
  id: 'api-server/audit-logging',
  guide: 1,
  summary: 'Requests to the API server are audited',
  evidence:
    'the metric `apiserver_audit_event_total`, then what OpenShift says of itself, then the flags of the API servers',
  severity: 'warning',
  why: 'Without an audit log nobody can say afterwards who read a Secret or changed a binding.',
  references: ['CIS 1.2.16', 'CKV_K8S_91', 'C-0067'],
  needs: [mayReadMetrics, ...flagsReadFrom, mayList('config.openshift.io', 'apiservers')],
  judge(evidence) {
    const { metrics } = evidence;
    const events = metrics.kind === 'seen' ? totalOf(metrics.value, 'apiserver_audit_event_total') : undefined;
    const provider = providerOf(evidence);
    if (events !== undefined && events > 0) {
      // These write the events in any case, and hand them to the owner of the cluster only when told to.
      if (provider === 'eks' || provider === 'aks') {
        return notVerifiable(
          sentence(
            'The API server has written {events} audit events since it started; whether {provider} keeps them for you is not visible in the cluster.',
            { events, provider: providerNames[provider] },
          ),
          [
            sentence('{provider} shows in its own console where the audit log goes.', {
              provider: providerNames[provider],
            }),
          ],
        );
      }
      return pass(sentence('The API server has written {events} audit events since it started.', { events }));
    }
    const ofOpenShift = fromOpenShift(evidence);
    if (ofOpenShift !== undefined) return ofOpenShift;
    const servers = apiServerFlags(evidence);
    const silent = servers.filter(
      (server) =>
        server.value('audit-policy-file') === undefined ||
        (server.value('audit-log-path') === undefined && server.value('audit-webhook-config-file') === undefined),
    );
    if (silent.length > 0) {
      return fail({
        message: sentence(
          'The API server writes no audit log ({sources}), so nobody can say afterwards who did what.',
          { sources: sourcesOf(silent) },
        ),
      });
    }
    if (servers.length > 0)
      return pass(sentence('An audit policy and a place for the log are given in the flags of the API server.'));
    // The counter stands at zero where auditing is off (apiserver/pkg/audit/metrics.go registers it in any case).
    if (events === 0)
      return fail({
        message: sentence(
          'The API server has written no audit event since it started, so nobody can say afterwards who did what.',
        ),
      });
    return notVerifiable(sentence('Neither the metrics nor the flags of the API server are visible.'), [
      mayReadMetrics,
      mayReadFlags,
      provider === 'selfManaged'
        ? undefined
        : sentence('{provider} shows in its own console whether it keeps an audit log.', {
            provider: providerNames[provider],
          }),
    ]);
  },
};

/** openshift/api, config/v1/types_apiserver.go: where nothing is written the profile is Default. */
function fromOpenShift(evidence: ClusterEvidence): CheckOutcome | undefined {
  const cluster = openShiftCluster(evidence);
  if (cluster === undefined) return undefined;
  const profile = cluster.spec.get('audit', 'profile').string ?? 'Default';
  return profile === 'None'
    ? fail({
        message: sentence(
          'OpenShift is told to audit nothing (profile None), so nobody can say afterwards who did what.',
        ),
        object: resourceIdentity(cluster),
      })
    : pass(sentence('OpenShift is told to audit requests (profile {profile}).', { profile }));
}
