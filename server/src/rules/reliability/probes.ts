import type { Container } from '../../kubernetes/index.ts';
import { replicatingKinds } from '../../kubernetes/index.ts';
import type { FixValue, ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix, type Rule, type RuleDescription } from '../rule.ts';

interface Row extends Pick<RuleDescription, 'id' | 'summary' | 'why' | 'whenNot' | 'references'> {
  readonly probe: 'livenessProbe' | 'readinessProbe';
  readonly missing: string;
}

const urls = ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'];

const rows: readonly Row[] = [
  {
    id: 'reliability/liveness-probe',
    summary: 'No liveness probe',
    probe: 'livenessProbe',
    why: 'A process that hangs without ending is restarted only if a liveness probe finds it out.',
    whenNot:
      'Programs that end when something is wrong. A probe that is too strict restarts healthy containers under load, which is worse than none.',
    references: {
      peers: [
        'C-0056',
        'CKV_K8S_8',
        'KICS:Liveness Probe Is Not Defined',
        'KL:no-liveness-probe',
        'KS:pod-probes',
        'PO:livenessProbeMissing',
        'SNYK-CC-K8S-41',
      ],
      urls,
    },
    missing: 'Container "{container}" has no liveness probe, so it is not restarted when it hangs.',
  },
  {
    id: 'reliability/readiness-probe',
    summary: 'No readiness probe',
    probe: 'readinessProbe',
    why: 'Without a readiness probe a container gets traffic as soon as its process runs, and keeps it while it cannot answer.',
    whenNot: 'Workloads that serve nobody.',
    references: {
      peers: [
        'C-0018',
        'CKV_K8S_9',
        'KICS:Readiness Probe Is Not Configured',
        'KL:no-readiness-probe',
        'KS:pod-probes',
        'PO:readinessProbeMissing',
      ],
      urls,
    },
    missing: 'Container "{container}" has no readiness probe, so it gets traffic before it can answer.',
  },
];

export const rules: readonly Rule[] = rows.map(({ probe, missing, ...description }) =>
  defineRule({
    ...description,
    severity: 'info',
    profile: 'off',
    fixClass: 'input',
    // The placeholder of the port is no port that is declared.
    reveals: ['reliability/probe-ports'],
    messages: { missing },
    subject: 'container',
    // Jobs end by themselves, and their pods serve nobody.
    kinds: ['Pod', ...replicatingKinds],
    judge(container, report) {
      const node = container.node.get(probe);
      if (container.kind !== 'container' || !node.isMissing) return;
      report({
        at: node,
        message: 'missing',
        args: { container: container.name },
        fixes: () => [scaffold(container, node, probe)],
      });
    },
  }),
);

function scaffold(container: Container, node: ManifestNode, probe: string): Fix {
  const value: FixValue = { httpGet: { path: 'REPLACE_WITH_PATH', port: firstPort(container) } };
  return {
    fixClass: 'input',
    title: `Add a ${probe} to container "${container.name}" (replace the placeholders)`,
    operations: [{ op: 'set', node, value }],
  };
}

/** The first declared port; else a text that is no valid port, so that a forgotten placeholder fails at once. */
function firstPort(container: Container): string | number {
  const port = container.node.get('ports', 0);
  return port.get('name').string ?? port.get('containerPort').number ?? 'REPLACE_WITH_PORT';
}
