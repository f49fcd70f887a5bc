import { lacksLimit, podSpecsOf, type Resource } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

/** Names of runtime classes that are isolated by a virtual machine or a kernel of their own. */
const isolatedRuntime = /gvisor|runsc|kata|firecracker|cloud-hypervisor|confidential|sandbox/i;

export const rule = defineRule({
  id: 'pod/sandbox-runtime',
  summary: 'Agent sandbox without isolation, network policy or limits',
  severity: 'info',
  profile: 'all',
  why:
    'A sandbox is there for code that nobody has read, of a language model for instance. In an ordinary container that code shares the ' +
    'kernel with the node, and without a policy or limits it reaches the network and takes what it likes.',
  whenNot: 'Sandboxes that run trusted code, or clusters whose default runtime is isolated.',
  references: {
    peers: ['C-0297', 'C-0301', 'C-0303'],
    urls: ['https://agent-sandbox.sigs.k8s.io/'],
  },
  fixClass: 'none',
  messages: {
    runtime:
      'The pods of {kind} "{name}" run without gVisor or Kata, so code that breaks out of the sandbox is on the node itself.',
    unmanaged:
      'The pods of {kind} "{name}" get no network policy from the controller, so code in the sandbox may reach the whole cluster.',
    limits:
      'Container "{container}" of {kind} "{name}" has no limits for CPU and memory, so code in the sandbox may starve the node.',
  },
  subject: 'resource',
  kinds: ['Sandbox.agents.x-k8s.io', 'SandboxTemplate.agents.x-k8s.io', 'SandboxTemplate.extensions.agents.x-k8s.io'],
  judge(resource, report, { podTemplates, version }) {
    const { kind, name, spec } = resource;
    for (const podSpec of podSpecsOf(resource, podTemplates)) {
      const runtimeClass = podSpec.node.get('runtimeClassName');
      const isKnown = runtimeClass.isMissing || runtimeClass.string !== undefined;
      if (isKnown && !isolatedRuntime.test(runtimeClass.string ?? ''))
        report({ at: runtimeClass, message: 'runtime', args: { kind, name } });
      for (const container of podSpec.containers) {
        if (!lacksLimit(container, 'cpu', version) || !lacksLimit(container, 'memory', version)) continue;
        const limits = container.node.get('resources', 'limits');
        report({ at: limits, message: 'limits', args: { kind, name, container: container.name } });
      }
    }
    const management = spec.get('networkPolicyManagement');
    if (isTemplate(resource) && management.string === 'Unmanaged')
      report({ at: management, message: 'unmanaged', args: { kind, name } });
  },
});

/** Only templates have the field; what it says is the default of the controller, Managed (sandboxtemplate_types.go). */
function isTemplate({ kind }: Resource): boolean {
  return kind === 'SandboxTemplate';
}
