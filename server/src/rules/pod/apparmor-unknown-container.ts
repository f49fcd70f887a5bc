import { appArmorAnnotationPrefix, orphanedAppArmorAnnotations } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/apparmor-unknown-container',
  summary: 'AppArmor annotation names a container that does not exist',
  severity: 'error',
  profile: 'guide',
  why:
    'The annotation that gave a container its AppArmor profile before 1.30 ends in the name of the container. If there is none of that ' +
    'name, after a renaming for instance, Kubernetes refuses the pod and the template.',
  whenNot: 'There is no reason to keep it.',
  references: { peers: ['KA:AppArmorInvalidAnnotation'] },
  fixClass: 'review',
  reveals: ['pod/apparmor-unconfined'],
  messages: {
    unknown:
      'The annotation gives an AppArmor profile to the container "{container}", which does not exist, so the pod is refused.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { container, node, meant } of orphanedAppArmorAnnotations(podSpec)) {
      report({
        at: node.keyPlace,
        message: 'unknown',
        args: { container },
        fixes: () => [
          meant === undefined
            ? {
                fixClass: 'review',
                title: `Remove the annotation (check first that no container was to have the profile)`,
                operations: [{ op: 'remove', node }],
                isPreferred: true,
              }
            : {
                fixClass: 'review',
                title: `Give the profile to container "${meant}" (check first that the nodes have AppArmor and the profile)`,
                operations: [{ op: 'rename', node, key: `${appArmorAnnotationPrefix}${meant}` }],
                isPreferred: true,
              },
        ],
      });
    }
  },
});
