import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import {
  compareFinding,
  type DeclarationEvidence,
  type DeclarationMatch,
  type FileVerdicts,
  regressionsIn,
} from '../../analysis/index.ts';
import { fileNameOf } from '../fileUris.ts';
import type { LanguageServices } from '../languageServices.ts';
import { isLiveDocument } from '../liveDocuments.ts';
import type {
  DeclarationCandidate,
  DeclarationsParams,
  DeclarationsResult,
  DeclaredObject,
  FileFinding,
  FindingState,
  LiveObject,
  LiveVerdict,
} from '../protocol/index.ts';
import type { IndexedFile, WorkspaceIndex } from '../workspaceIndex.ts';
import { DeclaredFiles, type FileVerdict } from './fileVerdicts.ts';

/** How long it works before other requests get their turn (milliseconds). */
const longestTurn = 15;

/** Answers where objects of a cluster are declared, and compares what is wrong there with what is wrong in the files. */
export class LiveDeclarations {
  readonly #services: LanguageServices;
  readonly #index: WorkspaceIndex;
  readonly #files: DeclaredFiles;

  constructor(services: LanguageServices, index: WorkspaceIndex) {
    this.#services = services;
    this.#index = index;
    this.#files = new DeclaredFiles(services);
  }

  async find({ objects, rules }: DeclarationsParams, token: CancellationToken): Promise<DeclarationsResult> {
    await this.#index.refresh();
    const indexed = new Map(this.#index.files.map((file) => [file.uri, file]));
    const judgedBy = new Set(rules);
    const declared: DeclaredObject[] = [];
    let turn = performance.now();
    for (const [index, object] of objects.entries()) {
      if (index === 0 || performance.now() - turn > longestTurn) {
        await setImmediate();
        turn = performance.now();
      }
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Nobody waits any more.');
      const matches = this.#services.workspace
        .findDeclarations(object, object.hints)
        // What shows the object itself does not declare it.
        .filter(({ uri }) => !isLiveDocument(uri));
      if (matches.length > 0) declared.push({ index, ...this.#compare(object, matches, indexed, judgedBy) });
    }
    return { objects: declared };
  }

  #compare(
    object: LiveObject,
    matches: readonly DeclarationMatch[],
    indexed: ReadonlyMap<string, IndexedFile>,
    judgedBy: ReadonlySet<string>,
  ): Omit<DeclaredObject, 'index'> {
    const decisive = decisiveAmong(matches).map((match) => ({
      match,
      verdicts: this.#files.verdictsOn(match, indexed.get(match.uri)),
    }));
    const [first] = decisive;
    return {
      candidates: matches.map((match) => this.#candidate(match, indexed.get(match.uri))),
      findings: object.findings.map((finding) =>
        stateOf(
          finding,
          decisive.map(({ verdicts }) => verdicts),
        ),
      ),
      regressions:
        first === undefined || decisive.length > 1 || first.match.confidence === 'possible'
          ? []
          : regressions(object, first.verdicts.found, judgedBy),
    };
  }

  #candidate(match: DeclarationMatch, indexed: IndexedFile | undefined): DeclarationCandidate {
    const { uri, confidence, evidence } = match;
    return {
      uri: this.#services.documents.get(uri)?.clientUri ?? uri,
      range: this.#files.nameRange(match, indexed),
      confidence,
      why: evidence.map((one) => this.#sentence(one)).join(' '),
    };
  }

  #sentence(evidence: DeclarationEvidence): string {
    const { localize } = this.#services;
    switch (evidence.kind) {
      case 'identity':
        return localize('The same kind, namespace and name.');
      case 'namespaceLeftOut':
        return localize('The same kind and name; the file names no namespace.');
      case 'nameFits':
        return localize('A template of the same kind.');
      case 'patch':
        return localize('A patch for it.');
      case 'origin':
        return localize('Kustomize recorded it as the origin.');
      case 'kustomization':
        return localize('{file} builds it.', { file: lastSegments(evidence.uri) });
      case 'chart':
        return localize('It belongs to the Helm chart {chart}.', { chart: evidence.chart });
      case 'argoCd':
        return localize('The Argo CD application {application} deploys it.', { application: evidence.application });
      case 'flux':
        return localize('The Flux kustomization {kustomization} applies it.', {
          kustomization: evidence.kustomization,
        });
    }
  }
}

/** Of rules that judged the cluster too. */
function regressions(
  object: LiveObject,
  found: readonly FileVerdict[],
  judgedBy: ReadonlySet<string>,
): readonly FileFinding[] {
  // Of a Secret the cluster's values are not read, so what is wrong with them is not known.
  if (object.kind === 'Secret' && object.group === '') return [];
  const deployed = found.filter(({ mayBeDeployed, ruleId }) => mayBeDeployed && judgedBy.has(ruleId));
  return regressionsIn(deployed, object.findings).map(({ shown }) => shown);
}

/** The best, and those that are as good: which of them was applied cannot be told. */
function decisiveAmong(matches: readonly DeclarationMatch[]): readonly DeclarationMatch[] {
  const [best] = matches;
  return matches.filter(({ score }) => score === best?.score);
}

function stateOf(finding: LiveVerdict, files: readonly FileVerdicts<FileVerdict>[]): FindingState {
  const compared = files.map((file) => compareFinding(finding, file));
  const having = (wanted: 'both' | 'ignoredInFile') =>
    compared.flatMap((one) => (one.case === wanted && one.verdict !== undefined ? [one.verdict.shown] : []));
  const [inFile, ...alsoIn] = having('both');
  if (inFile !== undefined) return { case: 'both', inFile, alsoIn };
  const [ignored] = having('ignoredInFile');
  if (ignored !== undefined) return { case: 'ignoredInFile', inFile: ignored };
  const isFixed = compared.length > 0 && compared.every((one) => one.case === 'fixedNotDeployed');
  return { case: isFixed ? 'fixedNotDeployed' : 'notJudgedInFile' };
}

/** `overlays/production/kustomization.yaml` without what is before the last folder. */
function lastSegments(uri: string): string {
  const folder = uri.slice(0, uri.lastIndexOf('/'));
  return `${fileNameOf(folder)}/${fileNameOf(uri)}`;
}
