import { defineRule } from '../rule.ts';

/** CVE-2021-25741 is mended in kubelet 1.22.2, and in 1.21.5, 1.20.11 and 1.19.15 (kubernetes/kubernetes#104980). */
const lastAffected = 22;

export const rule = defineRule({
  id: 'pod/sub-path',
  summary: 'subPath mount on nodes with CVE-2021-25741',
  severity: 'info',
  profile: 'all',
  guide: 7,
  why:
    'Older kubelets can be tricked with a symbolic link while they mount a part of a volume: the container then gets a directory of the ' +
    'node, with the rights to write to it.',
  whenNot: 'Where every node runs a patched kubelet; better still, set kubernetesVersion to what the cluster runs.',
  references: {
    peers: ['C-0058'],
    urls: ['https://github.com/kubernetes/kubernetes/issues/104980'],
  },
  fixClass: 'none',
  messages: {
    subPath:
      'Container "{container}" mounts a part of volume "{volume}", through which a kubelet before 1.22.2, 1.21.5, 1.20.11 or 1.19.15 can be led to files of the node.',
  },
  subject: 'container',
  judge(container, report, { version }) {
    if (version.minor > lastAffected) return;
    for (const mount of container.node.get('volumeMounts').items()) {
      const subPath = [mount.get('subPath'), mount.get('subPathExpr')].find(({ string }) => (string ?? '') !== '');
      if (subPath === undefined || mount.get('readOnly').boolean === true) continue;
      report({
        at: subPath,
        message: 'subPath',
        args: { container: container.name, volume: mount.get('name').string ?? '' },
      });
    }
  },
});
