import { isHostDirectory } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-path',
  summary: 'hostPath volume',
  severity: 'error',
  profile: 'guide',
  why:
    "A `hostPath` volume shows the pod files of the node it happens to run on. Depending on the path that is the kubelet's " +
    "credentials, the container runtime's socket or the logs of every other pod; even read-only it breaks the wall between pod and node.",
  whenNot:
    'Agents that look after the node (log collectors, CSI drivers, node exporters) need it; keep them in a namespace of their own, ' +
    'with the narrowest path, mounted read-only.',
  references: {
    pss: [{ check: 'hostPathVolumes', level: 'baseline' }],
    cis: ['5.2.11'],
    nsa: true,
    peers: ['C-0048', 'KICS:Non Kube System Pod With Host Mount', 'KSV-0023', 'PO:hostPathSet'],
  },
  fixClass: 'review',
  messages: {
    path: 'Volume "{volume}" is {path} of the node itself, so whoever breaks into the pod reaches files outside it.',
    unknown: 'Volume "{volume}" is a path of the node itself, so whoever breaks into the pod reaches files outside it.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const volume of podSpec.node.get('volumes').items()) {
      const hostPath = volume.get('hostPath');
      if (hostPath.isMissing || (hostPath.isUnknown && !isWritten(volume))) continue;
      const name = volume.get('name').string ?? '';
      const path = hostPath.get('path').string;
      report({
        at: hostPath.keyPlace,
        message: path === undefined ? 'unknown' : 'path',
        args: { volume: name, path: path ?? '' },
        fixes: () =>
          isHostDirectory(hostPath)
            ? [
                {
                  fixClass: 'review',
                  title: `Replace hostPath by an emptyDir in volume "${name}" (check first that the pod does without the node's files)`,
                  operations: [
                    { op: 'remove', node: hostPath },
                    { op: 'set', node: volume.get('emptyDir'), value: {} },
                  ],
                  isPreferred: true,
                },
              ]
            : [],
      });
    }
  },
});

/** The key is there, whatever its value. */
function isWritten(volume: ManifestNode): boolean {
  return volume.entries().some((entry) => entry.key === 'hostPath');
}
