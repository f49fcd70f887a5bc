import {
  type ConfigReference,
  type ConfigSourceFact,
  editDistance,
  type FactOf,
  type FactReader,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/reference-missing',
  summary: 'Referenced Secret, ConfigMap or key is not in the workspace, but one of nearly that name is',
  severity: 'info',
  profile: 'all',
  why:
    'A pod does not start while a Secret, a ConfigMap or a key of it that it needs does not exist. Where one of nearly the same name ' +
    'is in the workspace, or the object itself without the key, a slip of the pen is likelier than an object that only the cluster has.',
  whenNot: 'Where both objects exist and only one of them is in this repository.',
  references: { peers: ['KL:env-value-from'] },
  fixClass: 'review',
  messages: {
    object:
      'There is no {kind} "{name}" in the workspace but one named "{near}", so the pod may wait for it and never start.',
    key: '{kind} "{name}" has no key "{key}", so the pod that needs it does not start.',
  },
  subject: 'namespace',
  judge({ name: namespace, facts }, report) {
    for (const filed of facts.read('configReference', namespace)) {
      for (const reference of filed.fact.references) {
        const missing = missingOf(reference, sourcesFor(facts, filed.fact, reference));
        if (missing === undefined) continue;
        report({
          at: { filed, path: reference.path },
          message: missing.what,
          args: { kind: reference.of, name: reference.name, key: reference.key ?? '', near: missing.near ?? '' },
          fixes: (at) => (missing.near === undefined ? [] : [rename(at, missing.near)]),
        });
      }
    }
  },
});

/** What may be meant: the objects of the kind in the same namespace, as far as both say theirs. */
function sourcesFor(
  facts: FactReader,
  { identity }: FactOf<'configReference'>,
  { of }: ConfigReference,
): readonly ConfigSourceFact[] {
  return facts
    .read('configSource', '')
    .map(({ fact }) => fact)
    .filter((fact) => {
      const { namespace } = fact.identity;
      return fact.of === of && (namespace === '' || identity.namespace === '' || namespace === identity.namespace);
    });
}

interface Missing {
  readonly what: 'object' | 'key';
  /** The one name or key that is near. */
  readonly near: string | undefined;
}

function missingOf({ name, key }: ConfigReference, sources: readonly ConfigSourceFact[]): Missing | undefined {
  const named = sources.filter((source) => source.name === name);
  if (key === undefined) {
    if (named.length > 0) return undefined;
    const near = nearest(
      name,
      sources.map((source) => source.name),
    );
    return near === undefined ? undefined : { what: 'object', near };
  }
  // Of overlays with an object of the same name one is used; only what none of them has is missing.
  const hasKey = named.length === 0 || named.some(({ keys }) => keys === undefined || keys.includes(key));
  if (hasKey) return undefined;
  return {
    what: 'key',
    near: nearest(
      key,
      named.flatMap(({ keys }) => keys ?? []),
    ),
  };
}

/** The only one within two letters. Names that differ in a number only (`db-1`, `db-2`) are siblings and no slip. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const withoutDigits = word.replaceAll(/\d/g, '');
  const limit = word.length < 5 ? 1 : 2;
  const near = [...new Set(candidates)].filter(
    (candidate) =>
      candidate.replaceAll(/\d/g, '') !== withoutDigits && editDistance(word, candidate, limit + 1) <= limit,
  );
  return near.length === 1 ? near[0] : undefined;
}

function rename(node: ManifestNode, near: string): Fix {
  return {
    fixClass: 'review',
    title: `Refer to "${near}" (check first that the cluster has no object of the other name)`,
    operations: [{ op: 'set', node, value: near }],
    isPreferred: true,
  };
}
