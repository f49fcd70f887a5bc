import { isHostDirectory, type RestrictedVolume, restrictedVolumes } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/volume-types',
  summary: 'Volume type outside the restricted list',
  severity: 'warning',
  profile: 'restricted',
  why:
    'A volume that names a server, a disk or a path itself passes by the administrator, who decides through PersistentVolumes which ' +
    'storage may be mounted and how. The restricted standard allows only configMap, csi, downwardAPI, emptyDir, ephemeral, image, ' +
    'persistentVolumeClaim, projected and secret.',
  whenNot:
    'Agents that look after the node need a `hostPath`. For any other storage claim it through a PersistentVolumeClaim instead.',
  references: {
    pss: [
      { check: 'hostPathVolumes', level: 'baseline' },
      { check: 'restrictedVolumes', level: 'restricted' },
    ],
    peers: ['KSV-0028'],
  },
  fixClass: 'none',
  overrides: ['pod/host-path'],
  messages: {
    type: 'Volume "{volume}" mounts {type} directly, which passes by what the administrator allows through PersistentVolumes.',
    hostPath:
      'Volume "{volume}" is {path} of the node itself, so whoever breaks into the pod reaches files outside it.',
    unknownPath:
      'Volume "{volume}" is a path of the node itself, so whoever breaks into the pod reaches files outside it.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const restricted of restrictedVolumes(podSpec)) {
      const isHostPath = restricted.type === 'hostPath';
      const path = restricted.source.get('path').string;
      report({
        at: restricted.source.keyPlace,
        message: !isHostPath ? 'type' : path === undefined ? 'unknownPath' : 'hostPath',
        args: { volume: nameOf(restricted), type: restricted.type, path: path ?? '' },
        severity: isHostPath ? 'error' : 'warning',
        fixes: () => (isHostPath && isHostDirectory(restricted.source) ? [emptyDirectory(restricted)] : []),
      });
    }
  },
});

function nameOf({ volume }: RestrictedVolume): string {
  return volume.get('name').string ?? '';
}

function emptyDirectory(restricted: RestrictedVolume): Fix {
  const { volume, source } = restricted;
  return {
    fixClass: 'review',
    title: `Replace hostPath by an emptyDir in volume "${nameOf(restricted)}" (check first that the pod does without the node's files)`,
    operations: [
      { op: 'remove', node: source },
      { op: 'set', node: volume.get('emptyDir'), value: {} },
    ],
    isPreferred: true,
  };
}
