import {
  type PodGroup,
  parseImageReference,
  type Resource,
  resourceIdentity,
  type ServerVersion,
} from '../../../kubernetes/index.ts';
import { type Sentence, sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('', 'nodes'), mayList('', 'pods')];

export const versionSkew: ClusterCheck = {
  id: 'upgrade/version-skew',
  guide: 7,
  summary: 'Nodes and components are of versions that go with the API server',
  evidence: '`/version`, kubelets of the nodes, image tags of the components that run as pods',
  severity: 'error',
  why: 'Beyond the supported skew nothing is tested, and security fixes of one side may undo those of the other.',
  references: ['NSA', 'kubernetes.io/releases/version-skew-policy'],
  needs,
  judge(evidence) {
    const { version, pods } = evidence;
    const nodes = evidence.resources('Node');
    if (version.kind === 'unseen' || nodes.kind === 'unseen') return unseenOutcome(...unseenOf(version, nodes));
    const running = pods.kind === 'seen' ? pods.value : [];
    const failures = [
      ...nodes.value.flatMap((node) => ofNode(node, version.value)),
      ...running.flatMap((group) => ofPods(group, version.value)),
    ];
    if (failures.length > 0) return fail(...failures);
    const because = sentence(
      'All {count} nodes, and the components that run as pods, are within the supported skew of {version}.',
      { count: nodes.value.length, version: version.value.gitVersion },
    );
    return passIfAllRead(because, needs, pods);
  },
};

function ofNode(node: Resource, server: ServerVersion): readonly CheckFailure[] {
  const kubelet = node.node.get('status', 'nodeInfo', 'kubeletVersion').string ?? '';
  const running = { object: `Node ${node.name}`, program: 'kubelet', running: kubelet };
  const message = problemOf(running, server, kubeletSkew(server));
  return message === undefined ? [] : [{ message, object: resourceIdentity(node) }];
}

/** Three minors since 1.28, two before; kube-proxy the same, controllers and scheduler one. */
function kubeletSkew({ minor }: ServerVersion): number {
  return minor >= 28 ? 3 : 2;
}

function ofPods({ namespace, controller, images }: PodGroup, server: ServerVersion): readonly CheckFailure[] {
  if (namespace !== 'kube-system') return [];
  return images.flatMap(({ reference }): readonly CheckFailure[] => {
    const image = parseImageReference(reference);
    const name = image?.normalizedRepository.split('/').at(-1) ?? '';
    const tag = image?.tag ?? '';
    if (name === 'kube-apiserver') return ofReplica(controller, tag, server);
    if (!/^kube-(?:proxy|controller-manager|scheduler)$/.test(name)) return [];
    const running = { object: `${controller.kind} ${controller.name}`, program: name, running: tag };
    const message = problemOf(running, server, name === 'kube-proxy' ? kubeletSkew(server) : 1);
    return message === undefined ? [] : [{ message, object: controller }];
  });
}

/** Several API servers may be one minor apart, while they are upgraded. */
function ofReplica(object: PodGroup['controller'], tag: string, server: ServerVersion): readonly CheckFailure[] {
  const found = minorOf(tag);
  if (found === undefined || Math.abs(found - server.minor) <= 1) return [];
  const message = sentence(
    '{object} runs kube-apiserver {tag} beside another of {server}; one minor version between them is supported.',
    { object: `${object.kind} ${object.name}`, tag, server: server.gitVersion },
  );
  return [{ message, object }];
}

/** @param written `v1.34.2` */
function minorOf(written: string): number | undefined {
  const found = /^v1\.(\d+)/.exec(written)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** @param program of `running`, `v1.34.2`; of anything else nothing is said */
function problemOf(
  program: { readonly object: string; readonly program: string; readonly running: string },
  { minor, gitVersion }: ServerVersion,
  allowed: number,
): Sentence | undefined {
  const found = minorOf(program.running);
  if (found === undefined) return undefined;
  const behind = minor - found;
  const args = { ...program, server: gitVersion };
  if (behind < 0) {
    return sentence('{object} runs {program} {running}, which is newer than the API server ({server}).', args);
  }
  if (behind <= allowed) return undefined;
  return allowed === 1
    ? sentence(
        '{object} runs {program} {running}, which is {behind} minor versions older than the API server ({server}); one is supported.',
        { ...args, behind },
      )
    : sentence(
        '{object} runs {program} {running}, which is {behind} minor versions older than the API server ({server}); {allowed} are supported.',
        { ...args, behind, allowed },
      );
}
