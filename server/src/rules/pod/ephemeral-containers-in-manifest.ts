import type { Resource } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/ephemeral-containers-in-manifest',
  summary: 'ephemeralContainers in a manifest',
  severity: 'error',
  profile: 'guide',
  why:
    'Ephemeral containers are added to a running pod through a subresource of its own (`kubectl debug`). The API server refuses ' +
    'an object that is created with them and any template that holds them, and most scanners never look at them.',
  whenNot: 'There is no reason to keep them: only what was read from a cluster may have them.',
  references: { urls: ['https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/'] },
  fixClass: 'safe',
  messages: {
    written:
      'Ephemeral containers can only be added to a running pod, so the API server refuses a manifest that holds them.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    // kubernetes pkg/apis/core/validation/validation.go, ValidatePodCreate and ValidatePodTemplateSpec: an empty list passes.
    const list = podSpec.node.get('ephemeralContainers');
    if (list.items().length === 0 || wasReadFromCluster(podSpec.resource)) return;
    report({
      at: list.keyPlace,
      message: 'written',
      fixes: () => [
        {
          fixClass: 'safe',
          title: 'Remove ephemeralContainers, which the API server refuses',
          operations: [{ op: 'remove', node: list }],
          isPreferred: true,
        },
      ],
    });
  },
});

/** The dump of a Pod that runs. */
function wasReadFromCluster({ kind, metadata, node }: Resource): boolean {
  return kind === 'Pod' && (metadata.get('uid').isKnown || node.get('status').isKnown);
}
