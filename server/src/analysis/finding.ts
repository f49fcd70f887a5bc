import type { ManifestDocument, Place, PositionRange } from '../manifest/index.ts';
import type { Fix, RuleDescription, Severity } from '../rules/index.ts';
import type { Sentence } from '../sentences/index.ts';

/** A rule's verdict on one place of one file, after configuration, suppressions and overrides. */
export interface Finding {
  /** The rule's id, or one of the engine's own: see {@link engineFindings}. */
  readonly ruleId: string;
  readonly description: RuleDescription;
  readonly severity: Severity;
  readonly uri: string;
  readonly document: ManifestDocument;
  readonly place: Place;
  /** Where it lies in the file as it is now. */
  readonly range: PositionRange;
  /** What it says, made on demand. */
  readonly sentence: Sentence;
  /** The same in English. */
  readonly message: string;
  readonly messageKey: string;
  readonly args: Readonly<Record<string, string | number>>;
  /** `Deployment shop/web`, for reports; '' outside a resource. */
  readonly resource: string;
  readonly related: readonly { readonly uri: string; readonly range: PositionRange; readonly message: string }[];
  /** Listed in the baseline file: shown as info, never counted by `--fail-on`. */
  readonly isBaselined: boolean;
  /** Stable across unrelated edits (rule, resource, path, message arguments); the baseline and SARIF use it. */
  readonly fingerprint: string;
  /** Best first; made on demand. */
  fixes(): readonly Fix[];
}

/** What the engine itself reports; each has a documentation page and may be configured like a rule. */
export const engineFindings = [
  'kubeharden/syntax-error',
  'kubeharden/unused-suppression',
  'kubeharden/expired-suppression',
  'kubeharden/invalid-suppression',
  'kubeharden/invalid-configuration',
] as const;
export type EngineFindingId = (typeof engineFindings)[number];

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

/** The answer for one file. */
export interface FileFindings {
  readonly uri: string;
  /** Sorted by position, de-duplicated. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** The whole file or parts of it were not judged; sentences for the user. */
  readonly notChecked: readonly string[];
  /** How many Kubernetes resources were judged. */
  readonly resourceCount: number;
  /** Is Kubernetes YAML at all. */
  readonly isManifest: boolean;
}
