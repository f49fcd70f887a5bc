import {
  type CelForgottenLists,
  celForgottenLists,
  celKinds,
  celPoliciesOf,
  type ImageList,
  kyvernoForgottenLists,
  kyvernoForgottenLoops,
  kyvernoKinds,
  kyvernoPatternsOf,
  phraseOf,
  type Resource,
  regoForgottenLists,
  regoKinds,
  regoSourcesOf,
} from '../../kubernetes/index.ts';
import type { FixOperation, ManifestNode, Place } from '../../manifest/index.ts';
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
  kinds: [...new Set([...regoKinds, ...celKinds, ...kyvernoKinds])],
  judge(resource, report, { version }) {
    const judge = (
      at: ManifestNode | Place,
      lists: readonly ImageList[],
      operations: () => readonly FixOperation[] | undefined,
    ): void => {
      const fixes = () => lookAtAll(lists, operations());
      if (lists.some((list) => list !== 'volumes'))
        report({ at, message: 'containers', args: { lists: phraseOf(lists) }, fixes });
      // Content of a volume is mounted so that it cannot be executed (KEP-4639, noexec).
      else report({ at, message: 'volumes', severity: 'info', fixes });
    };
    for (const source of regoSourcesOf(resource)) {
      const { node } = source;
      const forgotten = regoForgottenLists(source, version);
      if (forgotten === undefined) continue;
      const { from, to, lists, edits } = forgotten;
      judge(node.span(from, to), lists, () => edits()?.map((edit) => ({ op: 'replaceText', node, ...edit })));
    }
    for (const policy of celPoliciesOf(resource)) {
      const forgotten = celForgottenLists(policy, version);
      if (forgotten === undefined) continue;
      const { expression, from, to, lists } = forgotten;
      judge(expression.node.span(from, to), lists, () => celOperations(resource, forgotten));
    }
    for (const pattern of kyvernoPatternsOf(resource)) {
      const forgotten = kyvernoForgottenLists(pattern, version);
      if (forgotten !== undefined) judge(forgotten.containers.keyPlace, forgotten.lists, forgotten.operations);
    }
    for (const { containers, lists, operations } of kyvernoForgottenLoops(resource, version))
      judge(containers, lists, operations);
  },
});

function celOperations(
  { kind, spec }: Resource,
  { edits, lists, isPod }: CelForgottenLists,
): readonly FixOperation[] | undefined {
  const operations = edits()?.map(({ expression, edit }): FixOperation => {
    return { op: 'replaceText', node: expression.node, ...edit };
  });
  const needsSubresource = isPod && lists.includes('ephemeralContainers') && kind === 'ValidatingAdmissionPolicy';
  if (operations === undefined || !needsSubresource) return operations;
  return [...operations, ...matchEphemeralContainers(spec.get('matchConstraints', 'resourceRules'))];
}

/** Ephemeral containers come in through a subresource, by updates only; a rule for `pods` does not match it. */
function matchEphemeralContainers(rules: ManifestNode): readonly FixOperation[] {
  const subresource = 'pods/ephemeralcontainers';
  const resources = rules.items().flatMap((rule) =>
    rule
      .get('resources')
      .items()
      .flatMap(({ string }) => string ?? []),
  );
  if (!resources.includes('pods') || resources.some((name) => [subresource, 'pods/*', '*/*'].includes(name))) return [];
  const value = { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: [subresource] };
  return [{ op: 'insert', list: rules, index: rules.items().length, value }];
}

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
