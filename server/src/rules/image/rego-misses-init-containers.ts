import { type ImageList, phraseOf, regoForgottenLists, regoKinds, regoSourcesOf } from '../../kubernetes/index.ts';
import type { FixOperation } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/rego-misses-init-containers',
  summary: 'Image policy looks at containers only',
  severity: 'warning',
  profile: 'guide',
  guide: 5,
  why:
    'A pod names images in `containers`, `initContainers`, `ephemeralContainers` and, since Kubernetes 1.35 by default, in volumes. A policy ' +
    'that looks at the first only is passed by with an init container, which runs with the same rights.',
  whenNot: 'Other policies look at the other lists.',
  references: {
    urls: [
      'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/',
      'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/',
    ],
  },
  fixClass: 'review',
  messages: {
    containers:
      'The policy looks at the images of containers but not at those of {lists}, which may bring in any image.',
    volumes: 'The policy looks at the images of containers but not at image volumes, which may bring in any content.',
  },
  subject: 'resource',
  kinds: regoKinds,
  judge(resource, report, { version }) {
    for (const source of regoSourcesOf(resource)) {
      const { node } = source;
      const forgotten = regoForgottenLists(source, version);
      if (forgotten === undefined) continue;
      const { from, to, lists, edits } = forgotten;
      const fixes = () =>
        lookAtAll(
          lists,
          edits()?.map((edit) => ({ op: 'replaceText', node, ...edit })),
        );
      const at = node.span(from, to);
      if (lists.some((list) => list !== 'volumes'))
        report({ at, message: 'containers', args: { lists: phraseOf(lists) }, fixes });
      // Content of a volume is mounted so that it cannot be executed (KEP-4639, noexec).
      else report({ at, message: 'volumes', severity: 'info', fixes });
    }
  },
});

function lookAtAll(lists: readonly ImageList[], operations: readonly FixOperation[] | undefined): readonly Fix[] {
  if (operations === undefined) return [];
  return [
    {
      fixClass: 'review',
      title: `Look at the images of ${phraseOf(lists)} too (workloads that relied on the gap are refused)`,
      operations,
      isPreferred: true,
    },
  ];
}
