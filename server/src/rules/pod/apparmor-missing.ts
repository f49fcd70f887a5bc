import { appArmorAnnotations, type Container, lacksAppArmorProfile } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/apparmor-missing',
  summary: 'No AppArmor profile',
  severity: 'info',
  profile: 'all',
  why:
    "On nodes with AppArmor a container without a profile gets the runtime's default one, but nothing in the manifest says so. An explicit " +
    '`RuntimeDefault` keeps the pod off nodes where AppArmor is missing.',
  whenNot:
    'On nodes without AppArmor (those with SELinux for instance) the kubelet refuses a pod that names a profile.',
  references: {
    nsa: true,
    peers: [
      'C-0055',
      'KA:AppArmorAnnotationMissing',
      'KICS:Missing AppArmor Profile',
      'KSEC:ApparmorAny',
      'PO:linuxHardening',
      'SNYK-CC-K8S-32',
    ],
  },
  fixClass: 'review',
  messages: {
    missing:
      'Container "{container}" names no AppArmor profile, so it also runs on nodes where AppArmor does not confine it.',
  },
  subject: 'container',
  judge(container, report, { version }) {
    if (!lacksAppArmorProfile(container)) return;
    report({
      at: container.securityContext.get('appArmorProfile'),
      message: 'missing',
      args: { container: container.name },
      // The field came with 1.30; before it each container had an annotation of its own.
      fixes: () => (version.minor < 30 ? [] : [fixOf(container)]),
    });
  },
});

/** A field of the pod would contradict the annotation of another container, which the API server refuses. */
function fixOf(container: Container): Fix {
  const { podSpec } = container;
  const isForPod = appArmorAnnotations(podSpec).length === 0;
  const context = isForPod ? podSpec.securityContext : container.securityContext;
  const user = isForPod ? 'the pod' : `container "${container.name}"`;
  return {
    fixClass: 'review',
    title: `Use the AppArmor profile RuntimeDefault for ${user} (check first that all nodes have AppArmor)`,
    operations: [{ op: 'set', node: context.get('appArmorProfile'), value: { type: 'RuntimeDefault' } }],
    isPreferred: true,
  };
}
