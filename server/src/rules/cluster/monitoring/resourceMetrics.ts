import { resourceIdentity } from '../../../kubernetes/index.ts';
import { phrase, sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, pass, unseenOutcome } from '../outcomes.ts';

export const resourceMetrics: ClusterCheck = {
  id: 'monitoring/resource-metrics',
  guide: 6,
  summary: 'The API of resource metrics is served and answers',
  evidence: 'which APIs are served, the APIService of `metrics.k8s.io`',
  severity: 'info',
  why: '`kubectl top` and autoscaling live from it, and a miner in a pod shows there first.',
  needs: [mayList('apiregistration.k8s.io', 'apiservices')],
  judge(evidence) {
    const services = evidence.resources('APIService.apiregistration.k8s.io');
    const service =
      services.kind === 'seen' ? services.value.find(({ name }) => name.endsWith('.metrics.k8s.io')) : undefined;
    const available = service?.node
      .get('status', 'conditions')
      .items()
      .find((condition) => condition.get('type').string === 'Available');
    if (service !== undefined && available?.get('status').string === 'False') {
      return fail({
        message: sentence(
          'The API {name} is registered and does not answer ({reason}), so nobody sees what pods use.',
          {
            name: service.name,
            reason: available.get('reason').string ?? phrase('no reason given'),
          },
        ),
        severity: 'warning',
        object: resourceIdentity(service),
      });
    }
    const { apiGroups } = evidence;
    if (apiGroups.kind === 'unseen') return unseenOutcome(apiGroups);
    return apiGroups.value.has('metrics.k8s.io')
      ? pass(sentence('The group metrics.k8s.io is served.'))
      : fail({
          message: sentence('No metrics server serves metrics.k8s.io, so nobody sees what pods use at the moment.'),
        });
  },
};
