import { type ConfigReference, type ConfigSourceFact, editDistance } from '../../kubernetes/index.ts';
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
    const references = facts.read('configReference', namespace);
    if (references.length === 0) return;
    const sources = facts.read('configSource', '').map(({ fact }) => fact);
    const catalogs = new Map<string, Catalog>();
    for (const filed of references) {
      const { identity } = filed.fact;
      for (const reference of filed.fact.references) {
        const id = `${reference.of} ${identity.namespace}`;
        const catalog = catalogs.get(id) ?? new Catalog(sources, reference.of, identity.namespace);
        catalogs.set(id, catalog);
        const missing = missingOf(reference, catalog);
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

/** What references from one namespace to objects of one kind may mean: all of it, as far as both say where they are. */
class Catalog {
  readonly #byName = new Map<string, ConfigSourceFact[]>();
  readonly #nearest = new Map<string, string | undefined>();

  constructor(sources: readonly ConfigSourceFact[], of: ConfigSourceFact['of'], namespace: string) {
    for (const source of sources) {
      const own = source.identity.namespace;
      if (source.of !== of || (own !== '' && namespace !== '' && own !== namespace)) continue;
      const named = this.#byName.get(source.name);
      if (named === undefined) this.#byName.set(source.name, [source]);
      else named.push(source);
    }
  }

  named(name: string): readonly ConfigSourceFact[] {
    return this.#byName.get(name) ?? [];
  }

  /** The name that was meant by one that is not there. Many pods of a chart lack the same Secret. */
  nearest(name: string): string | undefined {
    if (!this.#nearest.has(name)) this.#nearest.set(name, nearest(name, this.#byName.keys()));
    return this.#nearest.get(name);
  }
}

interface Missing {
  readonly what: 'object' | 'key';
  /** The one name or key that is near. */
  readonly near: string | undefined;
}

function missingOf({ name, key }: ConfigReference, catalog: Catalog): Missing | undefined {
  const named = catalog.named(name);
  if (key === undefined) {
    if (named.length > 0) return undefined;
    const near = catalog.nearest(name);
    return near === undefined ? undefined : { what: 'object', near };
  }
  // Of overlays with an object of the same name one is used; only what none of them has is missing.
  const hasKey = named.length === 0 || named.some(({ keys }) => keys === undefined || keys.includes(key));
  if (hasKey) return undefined;
  const keys = new Set(named.flatMap((source) => source.keys ?? []));
  return { what: 'key', near: nearest(key, keys) };
}

/**
 * The only one within two letters. Names that differ in a number only (`db-1`, `db-2`) are siblings and no slip.
 *
 * @param candidates each once
 */
function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const withoutDigits = word.replaceAll(/\d/g, '');
  const limit = word.length < 5 ? 1 : 2;
  let near: string | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit || editDistance(word, candidate, limit + 1) > limit) continue;
    if (candidate.replaceAll(/\d/g, '') === withoutDigits) continue;
    if (near !== undefined) return undefined;
    near = candidate;
  }
  return near;
}

function rename(node: ManifestNode, near: string): Fix {
  return {
    fixClass: 'review',
    title: `Refer to "${near}" (check first that the cluster has no object of the other name)`,
    operations: [{ op: 'set', node, value: near }],
    isPreferred: true,
  };
}
