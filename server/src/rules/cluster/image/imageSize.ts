import { isSystemNamespace, type PodGroup, type Resource } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('', 'nodes'), mayList('', 'pods')];

/** As the runtime counts, which is compressed with containerd. */
const large = 500 * 1000 * 1000;

export const imageSize: ClusterCheck = {
  id: 'image/running-size',
  guide: 5,
  summary: 'No running image is large enough to hold a whole distribution',
  evidence: 'images that nodes report and pods run',
  severity: 'info',
  why: 'Size proves nothing, and still a container of half a gigabyte seldom holds only what it needs: shells, compilers and package managers serve whoever breaks in.',
  needs,
  judge(evidence) {
    const { pods } = evidence;
    const nodes = evidence.resources('Node');
    if (nodes.kind === 'unseen' || pods.kind === 'unseen') return unseenOutcome(...unseenOf(nodes, pods));
    const sizes = sizesOf(nodes.value);
    const users = new Map<string, PodGroup[]>();
    for (const group of pods.value.filter(({ namespace }) => !isSystemNamespace(namespace))) {
      for (const reference of new Set(group.images.map((image) => image.reference))) {
        users.set(reference, [...(users.get(reference) ?? []), group]);
      }
    }
    const failures = [...users].flatMap(([reference, groups]): readonly CheckFailure[] => {
      const size = sizes.get(reference) ?? 0;
      if (size < large) return [];
      const workloads = fewOf(
        groups.map(({ controller }) => `${controller.kind} ${controller.namespace}/${controller.name}`),
      );
      return [
        {
          message: sentence('The image {image} of {workloads} has {size} MB, which is more than most programs need.', {
            image: reference,
            workloads,
            size: Math.round(size / 1e6),
          }),
        },
      ];
    });
    if (failures.length > 0) return fail(...failures);
    return passIfAllRead(
      sentence('None of the images that nodes report and pods run has 500 MB or more.'),
      needs,
      pods,
    );
  },
};

/** By every name that a node knows an image by. A kubelet reports its fifty largest (pkg/kubelet/nodestatus/setters.go). */
function sizesOf(nodes: readonly Resource[]): ReadonlyMap<string, number> {
  const images = nodes.flatMap(({ node }) => node.get('status', 'images').items());
  return new Map(
    images.flatMap((image) =>
      image
        .get('names')
        .items()
        .flatMap((name) => (name.string === undefined ? [] : namesOf(name.string)))
        .map((name) => [name, image.get('sizeBytes').number ?? 0] as const),
    ),
  );
}

/** Runtimes write names in full; pods leave the default registry out. */
function namesOf(name: string): readonly string[] {
  const short = name.replace(/^docker\.io\/(?:library\/)?/, '');
  return [name, short, short.replace(/:latest$/, '')];
}
