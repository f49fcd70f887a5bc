import { endedRuntime, endedSystem, nodeReleasesAsOf, providerOf, type Resource } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, pass, unseenOutcome } from '../outcomes.ts';

export const nodeSoftware: ClusterCheck = {
  id: 'upgrade/node-os-eol',
  guide: 7,
  summary: 'The operating system and the container runtime of the nodes get fixes',
  evidence: 'what nodes report, and a table of support dates',
  severity: 'warning',
  why: 'A container shares the kernel of its node, and the runtime is what holds it in. A flaw in either that nobody mends any more is a way out of every container.',
  references: ['NSA'],
  needs: [mayList('', 'nodes')],
  judge(evidence) {
    const nodes = evidence.resources('Node');
    if (nodes.kind === 'unseen') return unseenOutcome(nodes);
    const today = evidence.scannedAt.slice(0, 10);
    // Providers mend the runtime of their node images themselves.
    const isOwn = providerOf(evidence) === 'selfManaged';
    const ended = new Map<string, { readonly since: string; readonly nodes: string[] }>();
    for (const node of nodes.value) {
      const info = (field: string) => infoOf(node, field);
      const runtime = isOwn ? endedRuntime(info('containerRuntimeVersion'), today) : undefined;
      for (const software of [endedSystem(info('osImage'), today), runtime]) {
        if (software === undefined) continue;
        const known = ended.get(software.name) ?? { since: software.since, nodes: [] };
        known.nodes.push(node.name);
        ended.set(software.name, known);
      }
    }
    if (ended.size > 0) {
      return fail(
        ...[...ended].map(
          ([name, { since, nodes }]): CheckFailure => ({
            message:
              nodes.length === 1
                ? sentence('{name} has had no security fixes since {since} and runs on node {nodes}.', {
                    name,
                    since,
                    nodes,
                  })
                : sentence('{name} has had no security fixes since {since} and runs on nodes {nodes}.', {
                    name,
                    since,
                    nodes: fewOf(nodes),
                  }),
          }),
        ),
      );
    }
    return pass(
      sentence('Nothing of what the nodes report is known to have ended (tables of {asOf}).', {
        asOf: nodeReleasesAsOf,
      }),
    );
  },
};

function infoOf({ node }: Resource, field: string): string {
  return node.get('status', 'nodeInfo', field).string ?? '';
}
