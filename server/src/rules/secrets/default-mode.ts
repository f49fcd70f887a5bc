import { type Container, hasNonRootUser, isWindowsPod, type PodSpec } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

/** What the API server defaults `defaultMode` to (pkg/apis/core/v1/defaults.go, SetDefaults_SecretVolumeSource). */
const usualMode = 0o644;

/** The bits of everybody who is neither owner nor of the group. */
const others = 0o007;
const reading = 0o004;

export const rule = defineRule({
  id: 'secrets/default-mode',
  summary: 'Secret files are readable by every user of the container',
  severity: 'info',
  profile: 'all',
  guide: 2,
  why:
    'Files of a Secret volume get mode 0644 unless the volume says otherwise, so every process in the container can read them, ' +
    'whatever user it runs as. The fix writes modes in decimal, as JSON has to: 256 is 0400, and 288 is 0440.',
  whenNot: 'Where a container has to read the files as a user that is neither root nor of the group of the pod.',
  references: { urls: ['https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions'] },
  fixClass: 'review',
  messages: {
    mode: 'Files of Secret volume "{volume}" have mode {mode}, so every user in the container can read them.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    // Windows has no such modes.
    if (isWindowsPod(podSpec)) return;
    for (const volume of podSpec.node.get('volumes').items()) {
      for (const node of modesOf(volume)) {
        const mode = node.isMissing ? usualMode : node.number;
        if (mode === undefined || (mode & others) === 0) continue;
        if ((mode & others) === reading && isReadByOthers(podSpec)) continue;
        report({
          at: node,
          message: 'mode',
          args: { volume: volume.get('name').string ?? '', mode: octal(mode) },
          fixes: () => {
            const narrow = narrowMode(podSpec);
            return [
              {
                fixClass: 'review',
                title: `Set mode ${octal(narrow)} (files belong to root: a container of another user needs an fsGroup to read them)`,
                operations: [{ op: 'set', node, value: narrow }],
                isPreferred: true,
              },
            ];
          },
        });
      }
    }
  },
});

/** The default mode and the modes of single files, wherever a volume holds a Secret. */
function modesOf(volume: ManifestNode): readonly ManifestNode[] {
  const secret = volume.get('secret');
  const projected = volume.get('projected');
  const projectedSecrets = projected
    .get('sources')
    .items()
    .map((source) => source.get('secret'))
    .filter((source) => source.isKnown);
  const defaults = [
    ...(secret.isKnown ? [secret.get('defaultMode')] : []),
    ...(projectedSecrets.length > 0 ? [projected.get('defaultMode')] : []),
  ];
  const items = [secret, ...projectedSecrets].flatMap((source) => source.get('items').items());
  return [...defaults, ...items.map((item) => item.get('mode')).filter((mode) => mode.isKnown)];
}

/** The files belong to root and, without an fsGroup, to root's group: containers of other users read them as anybody does. */
function isReadByOthers({ securityContext, containers }: PodSpec): boolean {
  return containers.length > 0 && containers.every(isNotRoot) && securityContext.get('fsGroup').isMissing;
}

function isNotRoot(container: Container): boolean {
  return hasNonRootUser(container) || container.effective('runAsNonRoot').node.boolean === true;
}

/** The group of the files is the fsGroup, through which the container reads them. */
function narrowMode(podSpec: PodSpec): number {
  return podSpec.securityContext.get('fsGroup').isMissing ? 0o400 : 0o440;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
