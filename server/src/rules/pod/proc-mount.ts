import { hasForbiddenProcMount, isExemptByUserNamespace } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/proc-mount',
  summary: 'Unmasked /proc',
  severity: 'error',
  profile: 'guide',
  why:
    'Container runtimes hide the parts of `/proc` that show or change the kernel of the node. With `procMount: Unmasked` the container ' +
    'sees them all and may write to some, which is a way out of it.',
  whenNot: 'Containers that start containers of their own need it, together with `hostUsers: false`.',
  references: {
    pss: [
      { check: 'procMount', level: 'baseline' },
      { check: 'procMount_restricted', level: 'restricted' },
    ],
    peers: ['KICS:Container Runs Unmasked', 'KL:unsafe-proc-mount', 'KSV-0027', 'PO:procMount'],
  },
  fixClass: 'hardening',
  messages: {
    procMount:
      'Container "{container}" sets procMount to "{value}" instead of Default, so parts of /proc that reach into the kernel are not hidden from it.',
  },
  subject: 'container',
  judge(container, report, { version }) {
    if (!hasForbiddenProcMount(container)) return;
    const procMount = container.securityContext.get('procMount');
    report({
      at: procMount,
      message: 'procMount',
      args: { container: container.name, value: procMount.string ?? '' },
      severity: isExemptByUserNamespace(container.podSpec, version) ? 'warning' : 'error',
      fixes: () => [
        {
          fixClass: 'hardening',
          title: `Set procMount: Default on container "${container.name}"`,
          operations: [{ op: 'set', node: procMount, value: 'Default' }],
          isPreferred: true,
        },
      ],
    });
  },
});
