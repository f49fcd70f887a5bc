import type { ClusterEvidence, PodGroup, Resource, RunningImage } from '../../../kubernetes/index.ts';
import { type Sentence, sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const workloads = [
  ['Deployment', 'deployments'],
  ['StatefulSet', 'statefulsets'],
  ['DaemonSet', 'daemonsets'],
] as const;
const needs = [mayList('', 'pods'), ...workloads.map(([, resource]) => mayList('apps', resource))];

export const runningDiffers: ClusterCheck = {
  id: 'image/running-differs',
  guide: 5,
  summary: 'Pods run the images that their workloads name',
  evidence: 'running containers and the templates of their workloads',
  severity: 'info',
  why: 'Where a rollout is stuck or waits for somebody to delete pods, the fixed image is declared and the flawed one runs. A webhook that puts other images in their place looks the same.',
  needs,
  judge(evidence) {
    const { pods } = evidence;
    const lists = workloads.map(([kind]) => evidence.resources(`${kind}.apps`));
    const unseen = unseenOf(pods, ...lists);
    if (pods.kind === 'unseen' || unseen.length > 0) return unseenOutcome(...unseen);
    const templates = templatesOf(evidence);
    const running = runningOf(pods.value);
    const failures = pods.value.flatMap((group) => failuresOf(group, templates.get(keyOf(group.controller)), running));
    if (failures.length > 0) return fail(...failures);
    return passIfAllRead(
      sentence('Every running container has the image that its workload names.'),
      needs,
      pods,
      ...lists,
    );
  },
};

function keyOf({ kind, namespace, name }: Pick<Resource, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}

/** Images by the names of containers, of each workload. */
function templatesOf(evidence: ClusterEvidence): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const lists = workloads.map(([kind]) => evidence.resources(`${kind}.apps`));
  return new Map(
    lists
      .flatMap((list) => (list.kind === 'seen' ? list.value : []))
      .map((workload) => {
        const pod = workload.spec.get('template', 'spec');
        const containers = [...pod.get('initContainers').items(), ...pod.get('containers').items()];
        const images = containers.map(
          (container) => [container.get('name').string ?? '', container.get('image').string ?? ''] as const,
        );
        return [keyOf(workload), new Map(images)];
      }),
  );
}

function failuresOf(
  group: PodGroup,
  template: ReadonlyMap<string, string> | undefined,
  running: ReadonlySet<string>,
): readonly CheckFailure[] {
  if (template === undefined) return [];
  const { controller, images, count } = group;
  return images.flatMap((image): readonly CheckFailure[] => {
    const declared = template.get(image.container);
    if (declared === undefined || declared === image.reference || image.digests.length === 0) return [];
    if (running.has(runningKey(controller, image.container, declared))) return [];
    return [
      {
        message: messageOf(controller, image, count, declared),
        object: controller,
      },
    ];
  });
}

function messageOf(
  controller: PodGroup['controller'],
  { container, reference }: RunningImage,
  count: number,
  declared: string,
): Sentence {
  const args = { container, workload: keyOf(controller), reference, declared };
  return count === 1
    ? sentence(
        'Container "{container}" of {workload} runs {reference} in one pod, and its workload names {declared}.',
        args,
      )
    : sentence(
        'Container "{container}" of {workload} runs {reference} in {count} pods, and its workload names {declared}.',
        { ...args, count },
      );
}

/** What runs, so that one look tells whether pods with the declared image do: then the others are on their way out. */
function runningOf(groups: readonly PodGroup[]): ReadonlySet<string> {
  return new Set(
    groups.flatMap(({ controller, images }) =>
      images
        .filter(({ digests }) => digests.length > 0)
        .map(({ container, reference }) => runningKey(controller, container, reference)),
    ),
  );
}

function runningKey(controller: PodGroup['controller'], container: string, reference: string): string {
  return JSON.stringify([keyOf(controller), container, reference]);
}
