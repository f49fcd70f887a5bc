import { containerCommands, placeOfWord } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/sudo-in-command',
  summary: 'sudo in a command',
  severity: 'warning',
  profile: 'restricted',
  why:
    'sudo is a setuid binary. It works only while the container may escalate its privileges, and an attacker who runs code as the ' +
    'ordinary user becomes root the same way.',
  whenNot: 'Images for desktops or lessons in which becoming root is the point.',
  references: {
    peers: ['C-0062'],
    urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  },
  fixClass: 'none',
  messages: {
    sudo: 'Container "{container}" calls sudo, so it has to allow privilege escalation and whoever breaks into it may become root too.',
  },
  subject: 'container',
  judge(container, report) {
    for (const { program, words } of containerCommands(container)) {
      const [word] = words;
      if (program !== 'sudo' || word === undefined) continue;
      report({ at: placeOfWord(word), message: 'sudo', args: { container: container.name } });
    }
  },
});
