import {
  celKinds,
  celPoliciesOf,
  celStarComparisons,
  regoKinds,
  regoSourcesOf,
  regoStarComparisons,
  type StarComparison,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/rego-literal-wildcard',
  summary: 'Policy compares an image with text that has a star in it',
  severity: 'error',
  profile: 'guide',
  guide: 5,
  why:
    'In Rego and in CEL `==` and `!=` compare letter for letter: a star is a star. A policy that denies what is ' +
    '`!= "registry.example/*"` denies every image, and one that asks for `==` is met by none. Compare the beginning instead.',
  whenNot: 'Text that is compared with a pattern as such, and not with the image of a container.',
  references: {
    urls: [
      'https://www.openpolicyagent.org/docs/policy-reference#comparison',
      'https://www.openpolicyagent.org/docs/policy-reference/builtins/strings#builtin-strings-startswith',
    ],
  },
  fixClass: 'review',
  messages: {
    differs:
      'The policy compares an image with "{text}" letter for letter, the star included, so that every image counts as different.',
    equals:
      'The policy compares an image with "{text}" letter for letter, the star included, so that no image ever equals it.',
  },
  subject: 'resource',
  kinds: [...new Set([...regoKinds, ...celKinds])],
  judge(resource, report) {
    const judge = (node: ManifestNode, comparisons: readonly StarComparison[]): void => {
      for (const comparison of comparisons) {
        report({
          at: node.span(comparison.from, comparison.to),
          message: comparison.operator === '==' ? 'equals' : 'differs',
          args: { text: comparison.literal },
          fixes: () => compareBeginning(node, comparison),
        });
      }
    };
    for (const { node, module } of regoSourcesOf(resource)) judge(node, regoStarComparisons(module));
    for (const expression of celPoliciesOf(resource).flatMap(({ expressions }) => expressions))
      judge(expression.node, celStarComparisons(expression));
  },
});

function compareBeginning(node: ManifestNode, { meant, operator }: StarComparison): readonly Fix[] {
  if (meant === undefined) return [];
  const effect = operator === '==' ? 'tells images apart from now on' : 'lets matching images in from now on';
  return [
    {
      fixClass: 'review',
      title: `Compare the beginning of the image: ${meant.text} (the policy ${effect})`,
      operations: [{ op: 'replaceText', node, ...meant }],
      isPreferred: true,
    },
  ];
}
