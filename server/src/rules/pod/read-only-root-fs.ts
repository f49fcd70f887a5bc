import { type Container, hasWritableRoot, nameForVolumeAt } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/read-only-root-fs',
  summary: 'Writable root filesystem',
  severity: 'warning',
  profile: 'restricted',
  why:
    'Whoever breaks into a container with a writable root replaces its programs, plants tools and waits. With ' +
    '`readOnlyRootFilesystem: true` the container stays what the image says; what it has to write goes into volumes that are named.',
  whenNot:
    'Programs that write next to their own files, package managers and many database images; give them an `emptyDir` or a claim for ' +
    'each directory that they write to, `/tmp` most often.',
  references: {
    nsa: true,
    peers: [
      'C-0017',
      'CKV_K8S_22',
      'KA:ReadOnlyRootFilesystemFalse',
      'KA:ReadOnlyRootFilesystemNil',
      'KICS:Root Container Not Mounted Read-only',
      'KL:no-read-only-root-fs',
      'KS:container-security-context-readonlyrootfilesystem',
      'KSEC:ReadOnlyRootFilesystem',
      'KSV-0014',
      'PO:notReadOnlyRootFilesystem',
      'SNYK-CC-K8S-8',
    ],
  },
  fixClass: 'hardening',
  overrides: ['pod/security-context-missing'],
  messages: {
    writable:
      'Container "{container}" may change its own root file system, so whoever breaks into it can replace programs and plant others.',
  },
  subject: 'container',
  judge(container, report) {
    if (!hasWritableRoot(container)) return;
    report({
      at: container.securityContext.get('readOnlyRootFilesystem'),
      message: 'writable',
      args: { container: container.name },
      fixes: () => fixesOf(container),
    });
  },
});

/**
 * Which directories a program writes to only its author knows; `/tmp` is the one that most need and where no image keeps
 * anything of value.
 */
function fixesOf(container: Container): readonly Fix[] {
  const readOnly = {
    op: 'set',
    node: container.securityContext.get('readOnlyRootFilesystem'),
    value: true,
  } as const;
  const plain: Fix = {
    fixClass: 'hardening',
    title: `Make the root file system of container "${container.name}" read-only`,
    operations: [readOnly],
    isPreferred: true,
  };
  const name = nameForVolumeAt('/tmp', container);
  if (name === undefined) return [plain];
  const mounts = container.node.get('volumeMounts');
  const volumes = container.podSpec.node.get('volumes');
  return [
    plain,
    {
      fixClass: 'hardening',
      title: `Make the root file system of container "${container.name}" read-only, but for an empty /tmp`,
      operations: [
        readOnly,
        { op: 'insert', list: mounts, index: mounts.items().length, value: { name, mountPath: '/tmp' } },
        { op: 'insert', list: volumes, index: volumes.items().length, value: { name, emptyDir: {} } },
      ],
    },
  ];
}
