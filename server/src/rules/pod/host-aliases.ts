import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-aliases',
  summary: 'Host names written into the pod',
  severity: 'info',
  profile: 'all',
  why:
    'hostAliases puts names into the hosts file of every container, and that file goes before DNS. Whoever may change the pod can so ' +
    'send the traffic for a well-known name to an address of their own, and an address that has changed is still used.',
  whenNot: 'Names that no DNS server knows; suppress it with that reason.',
  references: {
    peers: ['KICS:Host Aliases Undefined Or Empty', 'KSEC:HostAliases', 'KSV-0007'],
    urls: ['https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/'],
  },
  fixClass: 'none',
  messages: {
    aliases:
      'The pod looks up {names} in a list of its own instead of DNS, so the names may lead elsewhere than expected.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const aliases = podSpec.node.get('hostAliases');
    const names = aliases.items().flatMap((alias) =>
      alias
        .get('hostnames')
        .items()
        .map((name) => name.string ?? ''),
    );
    if (names.length === 0) return;
    report({ at: aliases, message: 'aliases', args: { names: names.join(', ') } });
  },
});
