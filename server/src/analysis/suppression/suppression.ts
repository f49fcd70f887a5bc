import type { ManifestDocument, ManifestNode, ManifestPath, Place, TextRange } from '../../manifest/index.ts';
import type { JudgedFinding } from '../judging/judgedFinding.ts';
import type { Directive } from './directive.ts';

/** What a suppression speaks of within its document (or, for `file`, its file). */
export type SuppressionScope =
  | { readonly kind: 'file' }
  | { readonly kind: 'document' }
  | { readonly kind: 'range'; readonly range: TextRange }
  | { readonly kind: 'path'; readonly path: ManifestPath };

/** A rule that a suppression of ours names, and where. */
export interface SuppressedRule {
  readonly ruleId: string;
  readonly place: Place;
}

/** A suppression that counts. */
export interface Suppression {
  readonly scope: SuppressionScope;
  readonly rules: readonly SuppressedRule[];
  readonly reason: string;
  /** Where it is written, for what is said about it; undefined for a peer's, of which nothing is said. */
  readonly origin: SuppressionOrigin | undefined;
}

export type SuppressionOrigin =
  | {
      readonly kind: 'comment';
      readonly document: ManifestDocument;
      readonly start: number;
      readonly directive: Directive;
    }
  | { readonly kind: 'annotation'; readonly node: ManifestNode; readonly isInPodTemplate: boolean };

/** The suppressions written in one document, and what is wrong with those that do not count. */
export interface DocumentSuppressions {
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly JudgedFinding[];
}

export const noSuppressions: DocumentSuppressions = { suppressions: [], problems: [] };

/** Whether a suppression speaks of the place of a finding; its document is taken to be the right one. */
export function speaksOf(scope: SuppressionScope, finding: JudgedFinding): boolean {
  switch (scope.kind) {
    case 'file':
    case 'document':
      return true;
    case 'range': {
      const at = finding.place.range;
      return at !== undefined && at.start >= scope.range.start && at.start <= scope.range.end;
    }
    case 'path':
      return scope.path.every((step, depth) => finding.place.path[depth] === step);
  }
}
