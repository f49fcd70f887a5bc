import type { Range } from 'vscode-languageserver-protocol';

/**
 * Request, client to server: {@link DeclarationsParams} in, {@link DeclarationsResult} out. Where objects of a cluster are
 * declared in the workspace, and how what is wrong with them there stands to what is wrong in the file. Answered when the
 * workspace has been read; `$/cancelRequest` ends it with RequestCancelled.
 */
export const declarationsMethod = 'kubeharden/declarations';

export interface DeclarationsParams {
  readonly objects: readonly LiveObject[];
  /** Ids of the rules by which the cluster was judged. */
  readonly rules: readonly string[];
}

export interface LiveObject {
  /** '' is the core group. */
  readonly group: string;
  readonly kind: string;
  /** '' for an object outside namespaces. */
  readonly namespace: string;
  readonly name: string;
  /** What deploying tools left on it; absent where they left nothing, or it is not known. */
  readonly hints?: LiveObjectHints;
  readonly findings: readonly LiveVerdict[];
}

export interface LiveObjectHints {
  readonly helm?: { readonly release: string; readonly namespace: string; readonly chart: string };
  readonly argoCd?: { readonly application: string };
  readonly flux?: { readonly kustomization: string; readonly namespace: string };
  /** A path in a repository. */
  readonly kustomizeOrigin?: string;
}

export interface LiveVerdict {
  readonly ruleId: string;
  readonly messageKey: string;
  readonly args: Readonly<Record<string, string | number>>;
  readonly path: readonly (string | number)[];
}

export interface DeclarationsResult {
  /** Only objects that are declared somewhere, in the order of the question. */
  readonly objects: readonly DeclaredObject[];
}

export interface DeclaredObject {
  /** Index among the objects of the question. */
  readonly index: number;
  /** At least one, best first. */
  readonly candidates: readonly DeclarationCandidate[];
  /** One for each finding of the question, in its order. */
  readonly findings: readonly FindingState[];
  /** What only the file has: the next apply would bring it into the cluster. */
  readonly regressions: readonly FileFinding[];
}

export interface DeclarationCandidate {
  readonly uri: string;
  /** Of the resource's name. */
  readonly range: Range;
  readonly confidence: 'certain' | 'likely' | 'possible';
  /** Sentences: what speaks for it. */
  readonly why: string;
}

export type FindingState =
  /** The file has the same finding, and so have others of which any may be what was applied. */
  | { readonly case: 'both'; readonly inFile: FileFinding; readonly alsoIn: readonly FileFinding[] }
  /** The file does not have it: it was not applied, or the object was changed since. */
  | { readonly case: 'fixedNotDeployed' }
  /** The file has it and says that it is to be ignored. */
  | { readonly case: 'ignoredInFile'; readonly inFile: FileFinding }
  /** The file does not have it, which says nothing: a template, a patch, a rule that is off there. */
  | { readonly case: 'notJudgedInFile' };

export interface FileFinding {
  readonly uri: string;
  readonly range: Range;
  readonly ruleId: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The fix that is offered first there. */
  readonly fix?: { readonly title: string; readonly fixClass: 'safe' | 'hardening' | 'review' | 'input' };
}
