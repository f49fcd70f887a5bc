import { type ManifestDocument, parseManifest } from '../../../server/src/manifest/index.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { type Fixture, fixturesOf } from '../../support/fixtures.ts';
import { filesOf } from '../../support/judgedWorkspace.ts';
import type { KubernetesObject } from '../apiServer/resources.ts';

/** The texts of a fixture before or after the fix. */
export interface FixtureVariant {
  readonly fixture: Fixture;
  readonly variant: 'bad' | 'fixed' | 'good';
  /** By path, relative to the rule's folder: `bad.yaml`, `bad-two/a.yaml`. */
  readonly files: ReadonlyMap<string, string>;
}

/** An object in a fixture. */
export interface FixtureObject {
  /** `pod/privileged/bad.fixed.yaml#2`: where it stands, documents counted from 1; an item of a List adds `.1`. */
  readonly id: string;
  readonly path: string;
  /** Of the document in its file, from 0. */
  readonly index: number;
  readonly object: KubernetesObject;
}

/** Each fixture of each rule: a bad one as it is and, where that is shown, fixed; a good one as it is. */
export function fixtureVariants(): readonly FixtureVariant[] {
  return rules
    .flatMap(({ id }) => fixturesOf(id))
    .flatMap((fixture) => {
      const asItIs: FixtureVariant = { fixture, variant: fixture.kind, files: filesOf(fixture) };
      return fixture.fixed === undefined
        ? [asItIs]
        : [asItIs, { fixture, variant: 'fixed' as const, files: fixture.fixed }];
    });
}

/**
 * The objects of a variant, those in a `List` one by one; without documents that no server takes: templates, broken YAML,
 * files of other tools.
 */
export function objectsOf({ fixture, variant, files }: FixtureVariant): readonly FixtureObject[] {
  return [...files].flatMap(([path, text]) =>
    parseManifest(text).documents.flatMap((document, index) => {
      const objects = objectsIn(document);
      const written = variant === 'fixed' ? path.replace(fixture.name, `${fixture.name}.fixed`) : path;
      const id = `${fixture.ruleId}/${written}#${index + 1}`;
      return objects.map((object, item) => ({
        id: objects.length === 1 ? id : `${id}.${item + 1}`,
        path,
        index,
        object,
      }));
    }),
  );
}

/** The objects of a document, those in a `List` one by one. */
export function objectsIn(document: ManifestDocument): readonly KubernetesObject[] {
  if (document.isEmpty || document.problems.length > 0 || document.form === 'helm-template') return [];
  return flatten(document.root.toJson());
}

function flatten(value: unknown): readonly KubernetesObject[] {
  if (!isObject(value)) return [];
  if (typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)) {
    return value.items.flatMap(flatten);
  }
  return typeof value.apiVersion === 'string' && typeof value.kind === 'string'
    ? [value as unknown as KubernetesObject]
    : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
