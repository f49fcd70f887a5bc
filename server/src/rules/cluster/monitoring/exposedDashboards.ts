import {
  type PodGroup,
  parseImageReference,
  podsBehind,
  type Resource,
  resourceIdentity,
} from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('', 'pods'), mayList('', 'services'), mayList('networking.k8s.io', 'ingresses')];

/** Ends of repository paths. */
const dashboards = [
  ['Grafana', 'grafana/grafana'],
  ['Prometheus', 'prometheus/prometheus'],
  ['Alertmanager', 'prometheus/alertmanager'],
] as const;

export const exposedDashboards: ClusterCheck = {
  id: 'monitoring/prometheus-exposed',
  guide: 6,
  summary: 'Grafana, Prometheus and Alertmanager are not published without TLS',
  evidence: 'Services and Ingresses that lead to known images',
  severity: 'warning',
  why: 'Metrics name every workload, version and address. Prometheus and Alertmanager ask nobody for a password unless told to, and what Grafana asks for travels in clear without TLS.',
  references: ['NSA'],
  needs,
  judge(evidence) {
    const { pods } = evidence;
    const services = evidence.resources('Service');
    const ingresses = evidence.resources('Ingress.networking.k8s.io');
    if (pods.kind === 'unseen' || services.kind === 'unseen' || ingresses.kind === 'unseen')
      return unseenOutcome(...unseenOf(pods, services, ingresses));
    const failures = services.value.flatMap((service): readonly CheckFailure[] => {
      const dashboard = dashboardBehind(service, pods.value);
      if (dashboard === undefined) return [];
      const type = service.spec.get('type').string;
      const direct: readonly CheckFailure[] =
        type === 'LoadBalancer' || type === 'NodePort'
          ? [
              {
                message: sentence('Service {namespace}/{name} publishes {dashboard} outside of the cluster ({type}).', {
                  namespace: service.namespace,
                  name: service.name,
                  dashboard,
                  type,
                }),
                object: resourceIdentity(service),
              },
            ]
          : [];
      const plain = ingresses.value.filter((ingress) => leadsTo(ingress, service) && !hasTls(ingress));
      return [
        ...direct,
        ...plain.map((ingress) => ({
          message: sentence('Ingress {namespace}/{name} publishes {dashboard} without TLS.', {
            namespace: ingress.namespace,
            name: ingress.name,
            dashboard,
          }),
          object: resourceIdentity(ingress),
        })),
      ];
    });
    if (failures.length > 0) return fail(...failures);
    const because = sentence(
      'No load balancer, node port or Ingress without TLS leads to Grafana, Prometheus or Alertmanager.',
    );
    return passIfAllRead(because, needs, pods, services, ingresses);
  },
};

function dashboardBehind(service: Resource, pods: readonly PodGroup[]): string | undefined {
  const selected = podsBehind(service, pods) ?? [];
  const repositories = selected.flatMap(({ images }) =>
    images.map(({ reference }) => parseImageReference(reference)?.normalizedRepository ?? ''),
  );
  return dashboards.find(([, image]) => repositories.some((repository) => repository.endsWith(`/${image}`)))?.[0];
}

function leadsTo(ingress: Resource, service: Resource): boolean {
  if (ingress.namespace !== service.namespace) return false;
  const { spec } = ingress;
  const paths = spec
    .get('rules')
    .items()
    .flatMap((rule) => rule.get('http', 'paths').items());
  const backends = [spec.get('defaultBackend'), ...paths.map((path) => path.get('backend'))];
  return backends.some((backend) => backend.get('service', 'name').string === service.name);
}

function hasTls({ spec }: Resource): boolean {
  return spec.get('tls').items().length > 0;
}
