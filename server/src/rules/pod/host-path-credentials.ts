import { hostCredentialsIn, hostPathVolumes, isControlPlanePod } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-path-credentials',
  summary: 'Node credential files mounted',
  severity: 'error',
  profile: 'guide',
  why:
    'Below `/etc/kubernetes` and `/var/lib/kubelet/pki` lie the keys of the node and, on the control plane, those of the whole cluster; ' +
    'below the homes of users their keys for clusters, clouds and other machines. A pod with such a volume acts in their name.',
  whenNot:
    'Tools that back up or renew these very files on control-plane nodes; keep them in a namespace of their own, mounted read-only.',
  references: {
    pss: [
      { check: 'hostPathVolumes', level: 'baseline' },
      { check: 'restrictedVolumes', level: 'restricted' },
    ],
    peers: ['C-0020'],
  },
  fixClass: 'none',
  overrides: ['pod/host-path', 'pod/host-path-sensitive', 'pod/volume-types'],
  messages: {
    node: 'Volume "{volume}" is {path} of the node, made for the keys of the node and its control plane, so whoever breaks into the pod can act as one of them.',
    user: 'Volume "{volume}" is {path} of the node, made for the credentials of one of its users, so whoever breaks into the pod can act as that user.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    if (isControlPlanePod(podSpec)) return;
    for (const { name, node, path } of hostPathVolumes(podSpec)) {
      const found = path === undefined ? undefined : hostCredentialsIn(path);
      if (found === undefined) continue;
      report({ at: node.get('path'), message: found, args: { volume: name, path: path ?? '' } });
    }
  },
});
