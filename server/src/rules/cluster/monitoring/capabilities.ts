import {
  type ClusterEvidence,
  type FoundAgent,
  findAgents,
  type MonitoringCapability,
} from '../../../kubernetes/index.ts';
import { type Sentence, sentence } from '../../../sentences/index.ts';
import type { CheckOutcome, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, notVerifiable, pass } from '../outcomes.ts';

interface Capability {
  readonly capability: MonitoringCapability;
  readonly id: ClusterCheck['id'];
  readonly summary: string;
  readonly why: string;
  /** What is missing and what that means, as one sentence. */
  readonly missing: Sentence;
  readonly references: readonly string[];
}

const capabilities: readonly Capability[] = [
  {
    capability: 'metrics',
    id: 'monitoring/prometheus-missing',
    summary: 'Metrics of the cluster are collected',
    why: 'What nobody measures, nobody notices: a miner that eats a node shows first in its metrics.',
    missing: sentence(
      'No collector of metrics that is known here runs, so a break-in that shows in load or traffic goes unnoticed.',
    ),
    references: ['NSA'],
  },
  {
    capability: 'runtimeDetection',
    id: 'monitoring/falco-missing',
    summary: 'Somebody watches what processes do in the containers',
    why: 'Policies say what may start. A tool that watches system calls says what a container that was broken into does.',
    missing: sentence('No runtime detection that is known here runs, so a shell in a container raises no alarm.'),
    references: ['NSA'],
  },
  {
    capability: 'logShipping',
    id: 'monitoring/log-forwarder-missing',
    summary: 'Logs leave the nodes',
    why: 'Logs that stay on a node go with the pod, with the node, or with the intruder.',
    missing: sentence('No shipper of logs that is known here runs, so logs are lost with their pods and nodes.'),
    references: ['NSA'],
  },
  {
    capability: 'vulnerabilityScanning',
    id: 'image/vulnerability-scanner',
    summary: 'Images are scanned for known flaws in the cluster',
    why: 'An image that was clean when it was built is not clean a year later.',
    missing: sentence(
      'No vulnerability scanner that is known here runs in the cluster, so flaws found after an image was built stay unknown.',
    ),
    references: ['NSA'],
  },
];

const guideChapter = { metrics: 6, runtimeDetection: 6, logShipping: 6, vulnerabilityScanning: 5 } as const;

/** One check for each capability: present, missing, or nobody can tell. */
export const monitoringCapabilities: readonly ClusterCheck[] = capabilities.map(
  ({ capability, id, summary, why, missing, references }): ClusterCheck => ({
    id,
    guide: guideChapter[capability],
    summary,
    evidence: 'images of running pods, then which APIs are served; nodes, for agents that belong on each of them',
    severity: 'info',
    why,
    references,
    needs: [mayList('', 'pods'), mayList('', 'nodes')],
    judge: (evidence) => judge(evidence, findAgents(evidence, capability), missing),
  }),
);

function judge(evidence: ClusterEvidence, found: readonly FoundAgent[], missing: Sentence): CheckOutcome {
  const ended = found.find(({ agent, groups }) => agent.endOfLife !== undefined && groups.length > 0);
  const others = found.filter((agent) => agent !== ended);
  if (others.length > 0) return presence(evidence, others);
  if (ended?.agent.endOfLife !== undefined) {
    const { name, endOfLife } = ended.agent;
    const message = sentence('{name} has had no security fixes since {date}; {instead} takes its place.', {
      name,
      date: endOfLife.date,
      instead: endOfLife.instead,
    });
    return fail({ message, severity: 'warning' });
  }
  const { pods } = evidence;
  if (pods.kind === 'unseen') return notVerifiable(pods.reason, [pods.permission ?? mayList('', 'pods')]);
  if (pods.incomplete !== undefined) return notVerifiable(pods.incomplete, [mayList('', 'pods')]);
  return fail({ message: missing });
}

/** On all nodes, where it belongs on all of them. */
function presence(evidence: ClusterEvidence, found: readonly FoundAgent[]): CheckOutcome {
  const names = found.map(({ agent }) => agent.name);
  const [{ agent, groups } = { agent: undefined, groups: [] }] = found;
  const nodes = evidence.resources('Node');
  if (agent?.runsOnNodes === true && groups.length > 0 && found.length === 1 && nodes.kind === 'seen') {
    const running = groups.reduce((sum, { count }) => sum + count, 0);
    const schedulable = nodes.value.filter((node) => node.spec.get('unschedulable').boolean !== true).length;
    if (running < schedulable) {
      return fail({
        message: sentence('{name} runs on {running} of {schedulable} nodes, so the others are not covered.', {
          name: agent.name,
          running,
          schedulable,
        }),
        severity: 'warning',
      });
    }
  }
  return pass(sentence('Found: {names}.', { names }));
}
