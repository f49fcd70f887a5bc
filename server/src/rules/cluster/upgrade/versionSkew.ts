import type { ServerVersion } from '../../../kubernetes/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, identityOf, mayList, pass, unseenOf, unseenOutcome } from '../outcomes.ts';

export const versionSkew: ClusterCheck = {
  id: 'upgrade/version-skew',
  guide: 7,
  summary: 'The nodes are of a version that goes with the API server',
  evidence: '`/version`, kubelets of the nodes',
  severity: 'error',
  why: 'A kubelet may be three minors older than the API server and never newer. Beyond that nothing is tested, and security fixes of one side may undo those of the other.',
  references: ['NSA'],
  needs: [mayList('', 'nodes')],
  judge(evidence) {
    const { version } = evidence;
    const nodes = evidence.resources('Node');
    if (version.kind === 'unseen' || nodes.kind === 'unseen') return unseenOutcome(...unseenOf(version, nodes));
    const failures = nodes.value.flatMap((node): readonly CheckFailure[] => {
      const kubelet = node.node.get('status', 'nodeInfo', 'kubeletVersion').string ?? '';
      const minor = Number(/^v1\.(\d+)/.exec(kubelet)?.[1] ?? Number.NaN);
      const problem = Number.isNaN(minor) ? undefined : problemOf(minor, version.value);
      if (problem === undefined) return [];
      return [
        {
          message: `Node ${node.name} runs kubelet ${kubelet}, ${problem}.`,
          object: identityOf(node),
        },
      ];
    });
    return failures.length > 0
      ? fail(...failures)
      : pass(`All ${nodes.value.length} nodes are within the supported skew of ${version.value.gitVersion}.`);
  },
};

/** kubernetes.io/releases/version-skew-policy: three minors since 1.28, two before. */
function problemOf(kubelet: number, { minor, gitVersion }: ServerVersion): string | undefined {
  if (kubelet > minor) return `which is newer than the API server (${gitVersion})`;
  const allowed = minor >= 28 ? 3 : 2;
  if (minor - kubelet <= allowed) return undefined;
  return `which is ${minor - kubelet} minor versions older than the API server (${gitVersion}); ${allowed} are supported`;
}
