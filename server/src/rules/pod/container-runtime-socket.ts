import { hostPathVolumes, runtimeSocketIn } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/container-runtime-socket',
  summary: 'Container runtime socket mounted',
  severity: 'error',
  profile: 'guide',
  why:
    'Whoever may talk to the container runtime starts any container on the node, a privileged one with all its files as well, past ' +
    'the API server and everything that it checks. A read-only mount does not help: a socket takes orders all the same.',
  whenNot:
    'Agents that ask the runtime about containers (some log shippers and security sensors) have no other way; the kubelet API or a ' +
    'rootless builder suffices for most.',
  references: {
    pss: [
      { check: 'hostPathVolumes', level: 'baseline' },
      { check: 'restrictedVolumes', level: 'restricted' },
    ],
    nsa: true,
    peers: [
      'C-0074',
      'CKV_K8S_27',
      'KICS:Docker Daemon Socket is Exposed to Containers',
      'KL:docker-sock',
      'KSEC:DockerSock',
      'KSV-0006',
    ],
  },
  fixClass: 'none',
  overrides: ['pod/host-path', 'pod/host-path-sensitive', 'pod/volume-types'],
  messages: {
    socket:
      'Volume "{volume}" is the socket {path} of the container runtime, so whoever breaks into the pod can start any container on the node.',
    directory:
      'Volume "{volume}" is the directory {path} of the node, where the socket of the container runtime lies, so whoever breaks into the pod can start any container there.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { name, node, path } of hostPathVolumes(podSpec)) {
      const found = path === undefined ? undefined : runtimeSocketIn(path);
      if (found === undefined) continue;
      report({ at: node.get('path'), message: found, args: { volume: name, path: path ?? '' } });
    }
  },
});
