import { podImages } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

/** validation.go, supportedPullPolicies; '' is defaulted. */
const policies = ['Always', 'IfNotPresent', 'Never'];

export const rule = defineRule({
  id: 'image/pull-policy-never',
  summary: 'imagePullPolicy Never',
  severity: 'warning',
  profile: 'restricted',
  guide: 5,
  why:
    'With `Never` the node runs whatever lies in its store under that name: no registry is asked, no credential checked, and nobody ' +
    'can tell from the manifest where the image came from. Any other value than the three that exist is refused.',
  whenNot: 'Clusters without a registry, and images that are loaded into a local development cluster.',
  references: { urls: ['https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy'] },
  fixClass: 'review',
  overrides: ['image/pull-policy-always'],
  reveals: ['image/pull-policy-always'],
  messages: {
    never: '{user} never pulls its image, so it runs whatever the node has under that name.',
    invalid: '{user} has the pull policy {policy}, which does not exist, so Kubernetes refuses it.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { user, pullPolicy } of podImages(podSpec)) {
      const policy = pullPolicy.string ?? '';
      if (policy === '' || policy === 'Always' || policy === 'IfNotPresent') continue;
      if (policy === 'Never') {
        report({
          at: pullPolicy,
          message: 'never',
          args: { user },
          fixes: () => [
            {
              fixClass: 'review',
              title: 'Always pull the image (the registry must hold what the nodes have)',
              operations: [{ op: 'set', node: pullPolicy, value: 'Always' }],
              isPreferred: true,
            },
          ],
        });
        continue;
      }
      const meant = policies.find((one) => one.toLowerCase() === policy.trim().toLowerCase());
      report({
        at: pullPolicy,
        message: 'invalid',
        args: { user, policy },
        severity: 'error',
        fixes: () =>
          meant === undefined
            ? []
            : [
                {
                  fixClass: 'safe',
                  title: `Write the pull policy as Kubernetes does: ${meant}`,
                  operations: [{ op: 'set', node: pullPolicy, value: meant }],
                  isPreferred: true,
                },
              ],
      });
    }
  },
});
