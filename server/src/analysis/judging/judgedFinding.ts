import type { Resource } from '../../kubernetes/index.ts';
import type { ManifestDocument, Place, PositionRange } from '../../manifest/index.ts';
import type { Fix, RuleDescription, Severity } from '../../rules/index.ts';

/** A verdict on a place, before suppressions and overrides; independent of where its document lies in the file. */
export interface JudgedFinding {
  readonly description: RuleDescription;
  readonly severity: Severity;
  readonly document: ManifestDocument;
  readonly place: Place;
  /** The resource that it is about; undefined outside one (a comment, a syntax error). */
  readonly resource: Resource | undefined;
  readonly messageKey: string;
  readonly args: Readonly<Record<string, string | number>>;
  readonly fixes: (() => readonly Fix[]) | undefined;
  readonly related: readonly RelatedPlace[];
}

/** Another place that a finding speaks of, in its own document or (located by the caller) in another file. */
export type RelatedPlace =
  | { readonly kind: 'same-document'; readonly place: Place; readonly message: string }
  | { readonly kind: 'elsewhere'; readonly locate: () => Location | undefined; readonly message: string };

export interface Location {
  readonly uri: string;
  readonly range: PositionRange;
}

export const noArguments: JudgedFinding['args'] = {};
export const noRelatedPlaces: JudgedFinding['related'] = [];
