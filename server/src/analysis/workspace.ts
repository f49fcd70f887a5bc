import type { DeclarationHints, FactType } from '../kubernetes/index.ts';
import type { ManifestFile, NewFile, TextChange, TextEdit, ValueSource } from '../manifest/index.ts';
import type { Fix } from '../rules/index.ts';
import type { SeverityPlan } from './configuration/planSeverity.ts';
import type { FaceSettings, ResolvedConfiguration, RuleSetting } from './configuration/resolvedConfiguration.ts';
import type { DeclarationMatch, LiveIdentity } from './declarations/declarationIndex.ts';
import type { FileFindings, Finding } from './finding.ts';
import type { SuppressionTarget } from './suppression/planSuppression.ts';

/**
 * The world as a face shows it to the analysis. URIs are `file:///...` or opaque (`untitled:1`). The analysis does no
 * I/O of its own; reading is synchronous text the face already has or reads (small configuration files).
 */
export interface WorkspaceHost {
  /**
   * Text of a configuration, baseline or kustomization file, or of one that was settled; undefined when it does not
   * exist. Answers may be cached by the face until {@link Workspace.configurationChanged}.
   */
  readText(uri: string): string | undefined;
  /** Settings of the face for a file. */
  settingsFor(uri: string): FaceSettings;
  /** The workspace folder a file belongs to: the upper end of the search for `.kubeharden.yaml`. */
  folderOf(uri: string): string | undefined;
  /** Today as YYYY-MM-DD, for suppressions with an end date. */
  today(): string;
}

/**
 * The engine as the faces use it: files go in, findings come out. Incremental: editing one document re-judges that
 * document and the cross-file judgements whose facts changed.
 */
export interface Workspace {
  /** Adds or replaces a file (any text; what is no manifest costs a glance). */
  setText(uri: string, text: string): void;
  /**
   * Adds or replaces an object that was never text, such as one of a live cluster: see `objectFile`. Its findings have
   * paths and no ranges, and no fix can be applied to it.
   *
   * @param object parsed JSON, which must not be changed afterwards
   */
  setObject(uri: string, object: unknown): void;
  /** Applies changes to a known file. */
  change(uri: string, changes: readonly TextChange[]): void;
  /** Forgets a file, its facts included. */
  remove(uri: string): void;
  /** Keeps a file's facts for cross-file rules, drops its trees; it is parsed again when asked for. Through `readText`. */
  settle(uri: string): void;
  file(uri: string): ManifestFile | undefined;

  /** Whether a kustomization lays the file over an object that stands elsewhere. */
  isPatch(uri: string): boolean;

  configurationFor(uri: string): ResolvedConfiguration;
  /** URI of the `.kubeharden.yaml` that decides for a file, or of the one to be created; undefined where none can be. */
  configurationFileFor(uri: string): string | undefined;
  /** A `.kubeharden.yaml`, baseline, or face setting changed. */
  configurationChanged(): void;

  /**
   * Cross-file rules judge absences only over a folder whose files are all in. Until this is called they stay silent.
   * `folders` are URIs; a file outside all of them (untitled, opened alone, standard input) never gets such findings.
   *
   * @param unseen of these facts some may be missing though they exist (a cluster in which not everything may be read): a
   *   judgement that reads one of them says nothing
   */
  foldersComplete(folders: readonly string[], unseen?: ReadonlySet<FactType>): void;

  /**
   * Reads the facts of a file now. Otherwise the first question about its folder reads those of all its files, which
   * takes long where they are many.
   */
  readFacts(uri: string): void;

  /** Findings of one file, cross-file ones reported in it included. */
  findings(uri: string): FileFindings;
  /** Files that yielded at least one finding or are manifests, for scans. */
  uris(): readonly string[];
  /** Changes whenever any cross-file finding of this file may have changed. */
  factsVersion(uri: string): number;

  /**
   * Where in the files an object of a cluster may be declared, best first: by identity, as kustomizations and charts
   * change it, and by the marks that deploying tools left on the object.
   */
  findDeclarations(object: LiveIdentity, hints?: DeclarationHints): readonly DeclarationMatch[];

  /** Edits of one fix, or why not. Against the file's current text. */
  planFix(uri: string, fix: Fix, values: ValueSource): FixPlan;
  /** Edits that suppress a finding of this workspace for a reason, which must not be empty. */
  planSuppression(finding: Finding, target: SuppressionTarget, reason: string): FixPlan;
  /** Gives a rule a setting in the file's `.kubeharden.yaml`; undefined where there can be none. */
  planSeverity(uri: string, ruleId: string, setting: RuleSetting): SeverityPlan | undefined;
  /**
   * Applies every fix of the given classes (preferred ones) of the given findings' rules, re-analysing until nothing is
   * left or nothing changes. `select` limits it to a rule or a resource. Returns the whole new text; faces diff it.
   */
  fixAll(uri: string, request: FixAllRequest, values: ValueSource): FixAllResult;
}

export type FixPlan =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[]; readonly newFiles: readonly NewFile[] }
  | { readonly kind: 'refused'; readonly reason: string };

export interface FixAllRequest {
  readonly classes: readonly ('safe' | 'hardening')[];
  /** Only findings for which this holds. */
  readonly select?: (finding: Finding) => boolean;
}

export interface FixAllResult {
  readonly text: string;
  /** Minimal edits from the text as it was to `text`, sorted, not overlapping. */
  readonly edits: readonly TextEdit[];
  readonly applied: readonly { readonly ruleId: string; readonly title: string }[];
  /** Findings that wanted a fix and could not have it, with the reason. */
  readonly refused: readonly { readonly ruleId: string; readonly reason: string }[];
}
