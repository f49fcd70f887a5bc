import { forbiddenSysctls, isAllowedSysctl } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/sysctls',
  summary: 'Unsafe sysctl',
  severity: 'error',
  profile: 'guide',
  why:
    'A sysctl sets a parameter of the kernel that all pods of the node share. Only a short list is known to act inside the pod alone; ' +
    'any other may slow down, expose or crash its neighbours.',
  whenNot: 'Where a node is set apart for such pods and its kubelet allows the sysctl by name.',
  references: {
    pss: [{ check: 'sysctls', level: 'baseline' }],
    peers: ['KICS:Cluster Allows Unsafe Sysctls', 'KL:unsafe-sysctls', 'KSV-0026'],
  },
  fixClass: 'hardening',
  messages: {
    nameless: 'A sysctl without a name sets nothing, and the API server refuses the pod.',
    unsafe:
      'Sysctl "{name}" is not on the list of safe ones, so it may change the kernel for other pods of the node too.',
    slashes: 'Sysctl "{name}" is safe, but Pod Security admission refuses it because it is written with slashes.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const item of forbiddenSysctls(podSpec, version)) {
      const node = item.get('name');
      const name = node.string ?? '';
      const dotted = name.replaceAll('/', '.');
      const isSafe = isAllowedSysctl(dotted, version);
      report({
        at: node,
        message: name === '' ? 'nameless' : isSafe ? 'slashes' : 'unsafe',
        args: { name },
        fixes: () => [
          isSafe
            ? {
                fixClass: 'safe',
                title: `Write ${dotted} with dots`,
                operations: [{ op: 'set', node, value: dotted }],
                isPreferred: true,
              }
            : {
                fixClass: 'hardening',
                title: name === '' ? 'Remove the nameless sysctl' : `Remove sysctl "${name}"`,
                operations: [{ op: 'remove', node: item }],
                isPreferred: true,
              },
        ],
      });
    }
  },
});
