import {
  celKinds,
  celPoliciesOf,
  celPrefixTests,
  imagesOfPattern,
  kyvernoKinds,
  kyvernoPatternsOf,
  openPrefix,
  type PrefixTest,
  type Resource,
  regoKinds,
  regoPrefixTests,
  regoSourcesOf,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

const constraintKinds = ['K8sAllowedRepos.constraints.gatekeeper.sh', 'K8sAllowedReposv2.constraints.gatekeeper.sh'];

export const rule = defineRule({
  id: 'image/rego-prefix-open',
  summary: 'Prefix of trusted images does not end where the registry does',
  severity: 'error',
  profile: 'guide',
  guide: 5,
  why:
    'Everything that begins with `registry.example.com` includes `registry.example.com.evil.io/x`, which anybody can serve, and what begins with ' +
    '`ghcr.io/team` includes the places of others whose name goes on. A slash at the end closes the prefix.',
  whenNot: 'Prefixes that are meant to take in several registries whose names begin alike, all of them yours.',
  references: {
    peers: ['KSV-0124'],
    urls: ['https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos'],
  },
  fixClass: 'review',
  messages: {
    registry:
      'Images are trusted for beginning with "{prefix}", which is also how {prefix}.evil.io begins, so anybody can bring in an image.',
    organization:
      'Images are trusted for beginning with "{prefix}", which is also how {prefix}-evil begins, a name that anybody can take there.',
  },
  subject: 'resource',
  kinds: [...new Set([...regoKinds, ...celKinds, ...kyvernoKinds, ...constraintKinds])],
  judge(resource, report) {
    for (const { node, prefix, from, end } of prefixesIn(resource)) {
      const message = openPrefix(prefix);
      if (message === undefined) continue;
      report({
        at: node.span(from, end),
        message,
        args: { prefix },
        fixes: () => [closePrefix(node, from + prefix.length, prefix)],
      });
    }
  },
});

/** A prefix in a text; `end` is that of what is written as a prefix, a star included. */
interface Prefix {
  readonly node: ManifestNode;
  readonly prefix: string;
  readonly from: number;
  readonly end: number;
}

function prefixesIn(resource: Resource): readonly Prefix[] {
  switch (resource.kind) {
    case 'K8sAllowedRepos':
      return strings(resource.spec.get('parameters', 'repos'), /()^([^*\s]+)$/g);
    case 'K8sAllowedReposv2':
      return strings(resource.spec.get('parameters', 'allowedImages'), /()^([^*\s]+)\*$/g);
    default:
      return [
        ...regoSourcesOf(resource).flatMap(({ node, module }) => literals(node, regoPrefixTests(module))),
        ...celPoliciesOf(resource)
          .flatMap(({ expressions }) => expressions)
          .flatMap((expression) => literals(expression.node, celPrefixTests(expression))),
        // Alternatives are joined by | and &, a ! keeps out what matches.
        ...kyvernoPatternsOf(resource)
          .flatMap(({ pattern }) => imagesOfPattern(pattern))
          .flatMap((node) => inText(node, /((?:^|[|&])\s*)([^!*?|&\s]+)\*(?=\s*(?:$|[|&]))/g)),
      ];
  }
}

function literals(node: ManifestNode, tests: readonly PrefixTest[]): readonly Prefix[] {
  return tests.flatMap(({ literal: { value, text, from, to } }) =>
    // Only where the literal stands as it reads.
    text.slice(1, -1) === value ? [{ node, prefix: value, from: from + 1, end: to - 1 }] : [],
  );
}

function strings(list: ManifestNode, pattern: RegExp): readonly Prefix[] {
  return list.items().flatMap((node) => inText(node, pattern));
}

/** What the second group of a pattern matches, after the first. */
function inText(node: ManifestNode, pattern: RegExp): readonly Prefix[] {
  return [...(node.string ?? '').matchAll(pattern)].map((match) => {
    const [whole, before = '', prefix = ''] = match;
    return { node, prefix, from: match.index + before.length, end: match.index + whole.length };
  });
}

function closePrefix(node: ManifestNode, at: number, prefix: string): Fix {
  const refused = prefix.includes('/') ? `an image named ${prefix} itself` : `images of ${prefix}:port/`;
  return {
    fixClass: 'review',
    title: `End the prefix with a slash: ${prefix}/ (${refused} and whatever else began alike is refused from then on)`,
    operations: [{ op: 'replaceText', node, from: at, to: at, text: '/' }],
    isPreferred: true,
  };
}
