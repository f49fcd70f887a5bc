import type { ClusterEvidence, PodGroup, Seen } from '../cluster/clusterEvidence.ts';
import { parseImageReference } from '../images/imageReference.ts';
import type { Resource, ResourceIdentity } from '../resources/resource.ts';

/** What the scanner of a cluster knows of the image of one running container. */
export interface ReportedFlaws {
  readonly controller: ResourceIdentity;
  readonly container: string;
  /** As the pods name the image. */
  readonly image: string;
  readonly critical: number;
  /** When the report was made, ISO 8601. */
  readonly since: string;
}

/**
 * The reports of Trivy Operator on what runs. It writes one for each container of a workload, of a Deployment for its
 * ReplicaSet, with the numbers in the columns that kubectl prints (aquasecurity/trivy-operator, docs/crds). A report on
 * an image that no pod of the workload runs any more is left out.
 */
export function reportedFlaws(evidence: ClusterEvidence): Seen<readonly ReportedFlaws[]> {
  const reports = evidence.resources('VulnerabilityReport.aquasecurity.github.io');
  if (reports.kind === 'unseen') return reports;
  const { pods } = evidence;
  if (pods.kind === 'unseen') return pods;
  const incomplete = reports.incomplete ?? pods.incomplete;
  const value = reports.value.flatMap((report) => ofReport(report, pods.value));
  return { kind: 'seen', value, ...(incomplete === undefined ? {} : { incomplete }) };
}

function ofReport(report: Resource, pods: readonly PodGroup[]): readonly ReportedFlaws[] {
  const { labels, namespace, node, metadata } = report;
  const container = labels.get('trivy-operator.container.name') ?? '';
  const kind = labels.get('trivy-operator.resource.kind') ?? '';
  const name = labels.get('trivy-operator.resource.name') ?? '';
  const column = (title: string) => node.get('columns', title);
  const repository = column('Repository').string ?? '';
  const tag = column('Tag').string ?? '';
  const found = pods.find(
    (group) =>
      group.namespace === namespace &&
      owns(group.controller, kind, name) &&
      group.images.some((image) => image.container === container && isImage(image.reference, repository, tag)),
  );
  const image = found?.images.find((one) => one.container === container)?.reference;
  if (found === undefined || image === undefined) return [];
  return [
    {
      controller: found.controller,
      container,
      image,
      critical: column('Critical').number ?? 0,
      since: metadata.get('creationTimestamp').string ?? '',
    },
  ];
}

/** A ReplicaSet is named for its Deployment and a hash of the template (pkg/controller/deployment/sync.go). */
function owns(controller: ResourceIdentity, kind: string, name: string): boolean {
  if (controller.kind === kind) return controller.name === name;
  return (
    kind === 'ReplicaSet' && controller.kind === 'Deployment' && name.replace(/-[a-z0-9]+$/, '') === controller.name
  );
}

function isImage(reference: string, repository: string, tag: string): boolean {
  const image = parseImageReference(reference);
  if (image === undefined || repository === '') return false;
  return image.normalizedRepository.endsWith(`/${repository}`) && (tag === '' || (image.tag ?? 'latest') === tag);
}
