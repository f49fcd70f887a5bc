/** What a cluster should have somebody for. */
export type MonitoringCapability = 'metrics' | 'runtimeDetection' | 'logShipping' | 'vulnerabilityScanning';

/** A program that is known by its images, or by the API group of its custom resources. */
export interface KnownAgent {
  readonly name: string;
  readonly capability: MonitoringCapability;
  /** Ends of repository paths: `prometheus/prometheus`. */
  readonly images?: readonly string[];
  /** Groups, or their ends with a leading dot. */
  readonly groups?: readonly string[];
  /** Runs on every node, so that a node without it is not covered. */
  readonly runsOnNodes?: true;
  /** YYYY-MM-DD, with the source. */
  readonly endOfLife?: { readonly date: string; readonly instead: string };
}

/** Programs by their images and groups, as their charts and manifests name them (read 2026-11). */
export const knownAgents: readonly KnownAgent[] = [
  {
    name: 'Prometheus',
    capability: 'metrics',
    images: ['prometheus/prometheus', 'prometheus-operator/prometheus-operator'],
    groups: ['monitoring.coreos.com'],
  },
  {
    name: 'VictoriaMetrics',
    capability: 'metrics',
    images: ['victoriametrics/vmagent', 'victoriametrics/victoria-metrics'],
    groups: ['operator.victoriametrics.com'],
  },
  { name: 'Google Managed Prometheus', capability: 'metrics', groups: ['monitoring.googleapis.com'] },
  {
    name: 'Azure Monitor',
    capability: 'metrics',
    images: ['azuremonitor/containerinsights/ciprod', 'ciprod/prometheus-collector/images'],
  },
  { name: 'Amazon CloudWatch agent', capability: 'metrics', images: ['cloudwatch-agent'] },
  { name: 'Datadog', capability: 'metrics', images: ['datadog/agent', 'datadoghq/agent'], groups: ['datadoghq.com'] },
  { name: 'Dynatrace', capability: 'metrics', groups: ['dynatrace.com'] },
  { name: 'New Relic', capability: 'metrics', images: ['newrelic/nri-kubernetes'], groups: ['newrelic.com'] },
  {
    name: 'Falco',
    capability: 'runtimeDetection',
    images: ['falcosecurity/falco', 'falcosecurity/falco-no-driver'],
    groups: ['.falcosecurity.dev'],
    runsOnNodes: true,
  },
  { name: 'Tetragon', capability: 'runtimeDetection', images: ['cilium/tetragon'], runsOnNodes: true },
  {
    name: 'KubeArmor',
    capability: 'runtimeDetection',
    images: ['kubearmor/kubearmor'],
    groups: ['security.kubearmor.com'],
    runsOnNodes: true,
  },
  { name: 'Tracee', capability: 'runtimeDetection', images: ['aquasec/tracee'], runsOnNodes: true },
  { name: 'Kubescape node agent', capability: 'runtimeDetection', images: ['kubescape/node-agent'], runsOnNodes: true },
  { name: 'Sysdig', capability: 'runtimeDetection', images: ['sysdig/agent', 'sysdig/agent-slim'], runsOnNodes: true },
  {
    name: 'Microsoft Defender',
    capability: 'runtimeDetection',
    images: ['azuredefender/stable/security-publisher'],
    runsOnNodes: true,
  },
  { name: 'NeuVector', capability: 'runtimeDetection', images: ['neuvector/enforcer'], runsOnNodes: true },
  { name: 'Prisma Cloud', capability: 'runtimeDetection', images: ['twistlock/defender'], runsOnNodes: true },
  { name: 'CrowdStrike Falcon', capability: 'runtimeDetection', images: ['falcon-sensor'], runsOnNodes: true },
  { name: 'Amazon GuardDuty', capability: 'runtimeDetection', images: ['aws-guardduty-agent'], runsOnNodes: true },
  {
    name: 'Fluent Bit',
    capability: 'logShipping',
    images: ['fluent-bit', 'aws-for-fluent-bit'],
    groups: ['fluentbit.fluent.io'],
    runsOnNodes: true,
  },
  {
    name: 'Fluentd',
    capability: 'logShipping',
    images: ['fluentd', 'fluentd-kubernetes-daemonset'],
    groups: ['logging.banzaicloud.io'],
    runsOnNodes: true,
  },
  {
    name: 'Azure Monitor',
    capability: 'logShipping',
    images: ['azuremonitor/containerinsights/ciprod'],
    runsOnNodes: true,
  },
  { name: 'Vector', capability: 'logShipping', images: ['timberio/vector'], runsOnNodes: true },
  { name: 'Filebeat', capability: 'logShipping', images: ['beats/filebeat'], runsOnNodes: true },
  {
    name: 'Elastic Agent',
    capability: 'logShipping',
    images: ['elastic-agent/elastic-agent', 'beats/elastic-agent'],
    groups: ['agent.k8s.elastic.co'],
    runsOnNodes: true,
  },
  {
    name: 'Promtail',
    capability: 'logShipping',
    images: ['grafana/promtail'],
    runsOnNodes: true,
    // grafana.com/docs/loki, "Promtail agent": end of life on 2 March 2026.
    endOfLife: { date: '2026-03-02', instead: 'Grafana Alloy' },
  },
  { name: 'Grafana Alloy', capability: 'logShipping', images: ['grafana/alloy'], runsOnNodes: true },
  {
    name: 'OpenTelemetry Collector',
    capability: 'logShipping',
    images: ['opentelemetry-collector', 'opentelemetry-collector-contrib', 'opentelemetry-collector-k8s'],
    groups: ['opentelemetry.io'],
  },
  {
    name: 'Trivy Operator',
    capability: 'vulnerabilityScanning',
    images: ['aquasecurity/trivy-operator'],
    groups: ['aquasecurity.github.io'],
  },
  {
    name: 'Kubescape',
    capability: 'vulnerabilityScanning',
    images: ['kubescape/operator', 'kubescape/kubevuln'],
    groups: ['spdx.softwarecomposition.kubescape.io'],
  },
];
