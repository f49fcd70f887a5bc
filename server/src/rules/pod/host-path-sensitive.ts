import { hostPathVolumes, isControlPlanePod, sensitiveHostPath } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-path-sensitive',
  summary: 'Sensitive host directory mounted',
  severity: 'error',
  profile: 'guide',
  why:
    'Some directories of a node hold what the node consists of: its programs and configuration, its devices, the data of the kubelet ' +
    'and of the container runtime, the logs of all pods. Who writes there owns the node; who reads there finds credentials of others.',
  whenNot:
    'Agents that look after the node (CNI and CSI plugins, node exporters, log collectors) need some of them; mount the narrowest ' +
    'path, read-only, and keep them in a namespace of their own.',
  references: {
    pss: [
      { check: 'hostPathVolumes', level: 'baseline' },
      { check: 'restrictedVolumes', level: 'restricted' },
    ],
    peers: [
      'C-0045',
      'KA:SensitivePathsMounted',
      'KICS:Workload Mounting With Sensitive OS Directory',
      'KL:sensitive-host-mounts',
      'KSEC:ProcMount',
      'KSV-0121',
    ],
  },
  fixClass: 'none',
  overrides: ['pod/host-path', 'pod/volume-types'],
  messages: {
    everything:
      'Volume "{volume}" puts {path} of the node, with the data of its kubelet and containers, within reach of whoever breaks into the pod.',
    boot: 'Volume "{volume}" puts {path} of the node, a part of what it boots from, within reach of whoever breaks into the pod.',
    devices:
      'Volume "{volume}" puts {path} of the node, among its disks and other devices, within reach of whoever breaks into the pod.',
    configuration:
      'Volume "{volume}" puts {path} of the node, a part of its configuration and accounts, within reach of whoever breaks into the pod.',
    programs:
      'Volume "{volume}" puts {path} of the node, a part of the programs that it runs as root, within reach of whoever breaks into the pod.',
    processes:
      'Volume "{volume}" puts {path} of the node, a view of all its processes and their memory, within reach of whoever breaks into the pod.',
    rootHome:
      'Volume "{volume}" puts {path} of the node, a part of root\'s home, within reach of whoever breaks into the pod.',
    sockets:
      'Volume "{volume}" puts {path} of the node, where its services take their orders, within reach of whoever breaks into the pod.',
    kernelSettings:
      'Volume "{volume}" puts {path} of the node, a part of its kernel\'s settings, within reach of whoever breaks into the pod.',
    logs: 'Volume "{volume}" puts {path} of the node, with the logs of other pods and services, within reach of whoever breaks into the pod.',
    containers:
      'Volume "{volume}" puts {path} of the node, with the files of all its containers, within reach of whoever breaks into the pod.',
    kubelet:
      'Volume "{volume}" puts {path} of the node, a part of the kubelet\'s data where the Secrets of its pods lie, within reach of whoever breaks into the pod.',
    etcd: 'Volume "{volume}" puts {path} of the node, with the state and the Secrets of the whole cluster, within reach of whoever breaks into the pod.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    if (isControlPlanePod(podSpec)) return;
    for (const volume of hostPathVolumes(podSpec)) {
      const kind = sensitiveHostPath(volume);
      if (kind === undefined) continue;
      report({
        at: volume.node.get('path'),
        message: kind,
        args: { volume: volume.name, path: volume.path ?? '' },
      });
    }
  },
});
