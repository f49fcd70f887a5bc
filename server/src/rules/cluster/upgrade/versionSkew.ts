import { type PodGroup, parseImageReference, type Resource, type ServerVersion } from '../../../kubernetes/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, identityOf, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

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
    const because = `All ${nodes.value.length} nodes, and the components that run as pods, are within the supported skew of ${version.value.gitVersion}.`;
    return passIfAllRead(because, needs, pods);
  },
};

function ofNode(node: Resource, server: ServerVersion): readonly CheckFailure[] {
  const kubelet = node.node.get('status', 'nodeInfo', 'kubeletVersion').string ?? '';
  const problem = problemOf(kubelet, server, kubeletSkew(server));
  if (problem === undefined) return [];
  return [{ message: `Node ${node.name} runs kubelet ${kubelet}, ${problem}.`, object: identityOf(node) }];
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
    const problem = problemOf(tag, server, name === 'kube-proxy' ? kubeletSkew(server) : 1);
    if (problem === undefined) return [];
    const { kind, name: owner } = controller;
    return [{ message: `${kind} ${owner} runs ${name} ${tag}, ${problem}.`, object: controller }];
  });
}

/** Several API servers may be one minor apart, while they are upgraded. */
function ofReplica(object: PodGroup['controller'], tag: string, server: ServerVersion): readonly CheckFailure[] {
  const found = minorOf(tag);
  if (found === undefined || Math.abs(found - server.minor) <= 1) return [];
  const message = `${object.kind} ${object.name} runs kube-apiserver ${tag} beside another of ${server.gitVersion}; one minor version between them is supported.`;
  return [{ message, object }];
}

/** @param written `v1.34.2` */
function minorOf(written: string): number | undefined {
  const found = /^v1\.(\d+)/.exec(written)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** @param written `v1.34.2`; of anything else nothing is said */
function problemOf(written: string, { minor, gitVersion }: ServerVersion, allowed: number): string | undefined {
  const found = minorOf(written);
  if (found === undefined) return undefined;
  const behind = minor - found;
  if (behind < 0) return `which is newer than the API server (${gitVersion})`;
  if (behind <= allowed) return undefined;
  return `which is ${behind} minor versions older than the API server (${gitVersion}); ${allowed === 1 ? 'one is' : `${allowed} are`} supported`;
}
