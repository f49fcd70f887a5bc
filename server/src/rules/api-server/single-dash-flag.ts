import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'api-server/single-dash-flag',
  summary: 'Long flag written with one dash',
  severity: 'error',
  profile: 'guide',
  guide: 1,
  why:
    'Kubernetes components read one dash as a bundle of one-letter flags and exit, so neither this setting nor the component is there. ' +
    'etcd, whose flags take either form, is not meant here.',
  whenNot: 'Never: the component does not start.',
  references: { urls: ['https://pkg.go.dev/github.com/spf13/pflag#hdr-Command_line_flag_syntax'] },
  fixClass: 'safe',
  reveals: [
    'api-server/anonymous-auth',
    'api-server/authorization-node',
    'api-server/insecure-port',
    'api-server/removed-flag',
    'api-server/unknown-flag',
    'api-server/authorization-rbac',
    'api-server/authorization-always-allow',
    'api-server/secure-port',
  ],
  messages: {
    singleDash: '{component} reads -{flag} with one dash as a bundle of one-letter flags and exits at start.',
  },
  subject: 'component',
  components: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'kubelet'],
  judge(component, report) {
    if (component.source !== 'container') return;
    for (const flag of component.flags) {
      // Two letters and fewer may be meant as a bundle or a shorthand: `-v4`.
      if (!flag.singleDash || !/^[a-z][a-z0-9-]{2,}$/.test(flag.name)) continue;
      report({
        at: flag.place,
        message: 'singleDash',
        args: { component: component.component, flag: flag.name },
        fixes: () => [
          {
            fixClass: 'safe',
            title: `Write --${flag.name} with two dashes`,
            operations: [{ op: 'replaceText', node: flag.node, from: flag.text.from, to: flag.text.from, text: '-' }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
