import type { ComparedVerdict, DeclarationMatch, FileFindings, FileVerdicts, Finding } from '../../analysis/index.ts';
import { isToldByFile, mayBeDeployed, ruleDescription } from '../../analysis/index.ts';
import { readResources } from '../../kubernetes/index.ts';
import type { ManifestFile, ManifestPath, PositionRange } from '../../manifest/index.ts';
import { say } from '../../sentences/index.ts';
import { type LanguageServices, today } from '../languageServices.ts';
import type { FileFinding } from '../protocol/index.ts';
import type { IndexedFile } from '../workspaceIndex.ts';

/** A finding of a file as plain values: the trees that it was found in may go. */
export interface FileVerdict extends ComparedVerdict {
  readonly documentIndex: number;
  /** The next apply would bring it into the cluster. */
  readonly mayBeDeployed: boolean;
  readonly shown: FileFinding;
}

/** What the judgement of one file gave. */
interface JudgedFile {
  readonly found: readonly FileVerdict[];
  readonly ignored: readonly FileVerdict[];
  /** By document: whether silence in it means that nothing is wrong. */
  readonly isReadable: readonly boolean[];
  /** Of the resources, by document and path. */
  readonly names: ReadonlyMap<string, PositionRange>;
}

/** The findings of files that declare objects of a cluster, judged again only when something changed. */
export class DeclaredFiles {
  readonly #services: LanguageServices;
  readonly #judged = new Map<string, { readonly key: string; readonly file: JudgedFile }>();

  constructor(services: LanguageServices) {
    this.#services = services;
  }

  /** What a file says of one of the resources in it; paths are from the root of that resource. */
  verdictsOn(match: DeclarationMatch, indexed: IndexedFile | undefined): FileVerdicts<FileVerdict> {
    const { uri, documentIndex, declaration } = match;
    const { found, ignored, isReadable } = this.#judge(uri, indexed);
    const base = declaration.path;
    const ofResource = (verdicts: readonly FileVerdict[]) =>
      verdicts
        .filter(
          (verdict) =>
            verdict.documentIndex === documentIndex && base.every((step, index) => verdict.path[index] === step),
        )
        .map((verdict) => (base.length === 0 ? verdict : { ...verdict, path: verdict.path.slice(base.length) }));
    const configuration = this.#services.workspace.configurationFor(uri);
    const isWhole = declaration.role === 'object' && isReadable[documentIndex] === true;
    const isPlaced = match.evidence.some(({ kind }) => kind === 'identity');
    return {
      found: ofResource(found),
      ignored: ofResource(ignored),
      isJudgedBy: (ruleId) => {
        const description = ruleDescription(ruleId);
        if (!isWhole || description === undefined || configuration.severityOf(description.id) === undefined)
          return false;
        return isToldByFile(description, isPlaced);
      },
    };
  }

  /** Where the resource has its name. */
  nameRange(match: DeclarationMatch, indexed: IndexedFile | undefined): PositionRange {
    const { uri, documentIndex, declaration } = match;
    return this.#judge(uri, indexed).names.get(resourceKey(documentIndex, declaration.path)) ?? fileStart;
  }

  #judge(uri: string, indexed: IndexedFile | undefined): JudgedFile {
    const { workspace, documents, settings, folders } = this.#services;
    const version = documents.get(uri)?.revision ?? `${indexed?.size} ${indexed?.modified}`;
    const { isEnabled } = settings.of(uri, folders.of(uri));
    const key = [version, workspace.configurationFor(uri).hash, workspace.factsVersion(uri), isEnabled, today()].join();
    const known = this.#judged.get(uri);
    if (known?.key === key) return known.file;
    const findings = workspace.findings(uri);
    const file = workspace.file(uri);
    const judged: JudgedFile = file === undefined || !isEnabled ? notJudged : this.#asValues(file, findings);
    if (!documents.has(uri)) workspace.settle(uri);
    this.#judged.set(uri, { key, file: judged });
    return judged;
  }

  #asValues(file: ManifestFile, { findings, suppressed }: FileFindings): JudgedFile {
    return {
      found: findings.map((finding) => this.#verdict(file, finding)),
      ignored: suppressed.map(({ finding }) => this.#verdict(file, finding)),
      isReadable: file.documents.map((document) => file.notChecked === undefined && document.problems.length === 0),
      names: nameRanges(file),
    };
  }

  #verdict(file: ManifestFile, finding: Finding): FileVerdict {
    const { ruleId, messageKey, args, place, uri, range, severity, document, description } = finding;
    const [fix] = finding.fixes();
    return {
      ruleId,
      messageKey,
      args,
      path: place.path,
      documentIndex: file.documents.indexOf(document),
      mayBeDeployed: mayBeDeployed(description),
      shown: {
        uri: this.#services.documents.get(uri)?.clientUri ?? uri,
        range,
        ruleId,
        severity,
        message: say(finding.sentence, this.#services.localize),
        ...(fix === undefined ? {} : { fix: { title: fix.title, fixClass: fix.fixClass } }),
      },
    };
  }
}

const notJudged: JudgedFile = { found: [], ignored: [], isReadable: [], names: new Map() };

const fileStart: PositionRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function nameRanges(file: ManifestFile): ReadonlyMap<string, PositionRange> {
  const names = new Map<string, PositionRange>();
  for (const [index, document] of file.documents.entries()) {
    for (const { node, metadata } of readResources(document)) {
      const range = file.rangeOf(metadata.get('name').place);
      if (range !== undefined) names.set(resourceKey(index, node.path), range);
    }
  }
  return names;
}

function resourceKey(documentIndex: number, path: ManifestPath): string {
  return JSON.stringify([documentIndex, ...path]);
}
