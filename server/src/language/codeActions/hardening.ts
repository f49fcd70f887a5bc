import type { Position } from 'vscode-languageserver';
import type { Finding } from '../../analysis/index.ts';
import { readResources } from '../../kubernetes/index.ts';
import type { ManifestPath, PositionRange } from '../../manifest/index.ts';
import type { LanguageServices } from '../languageServices.ts';
import type { OpenDocument } from '../openDocuments.ts';
import { documentEdits, type EditRequest } from '../workspaceEdits.ts';
import { valueSource } from './valueSource.ts';

/** The resource at a position, as findings name it. */
export interface ResourceAtPosition {
  /** Index of its document in the file. */
  readonly document: number;
  /** `Deployment shop/web`. */
  readonly name: string;
  /** Has findings with a safe or hardening fix. */
  readonly isHardenable: boolean;
}

/** Undefined where no resource with findings is. */
export function resourceAt(
  services: LanguageServices,
  document: OpenDocument,
  position: Position,
): ResourceAtPosition | undefined {
  const file = services.workspace.file(document.uri);
  const manifest = file?.documentAt(file.offsetAt(position));
  if (file === undefined || manifest === undefined) return undefined;
  const inDocument = services.findingsOf(document).filter((f) => f.document === manifest && f.resource !== '');
  // Of a List only the item at the position; the innermost, should lists be nested.
  const resource = readResources(manifest)
    .filter(({ node }) => contains(file.rangeOf(node.place), position))
    .sort((a, b) => b.node.path.length - a.node.path.length)[0];
  const own =
    resource === undefined ? inDocument : inDocument.filter((f) => startsWith(f.place.path, resource.node.path));
  const [first] = own;
  if (first === undefined) return undefined;
  return {
    document: file.documents.indexOf(manifest),
    name: first.resource,
    isHardenable: own.some(isHardenable),
  };
}

export interface Hardening {
  readonly edit: EditRequest | undefined;
  readonly applied: readonly string[];
  readonly refused: readonly string[];
}

/** All safe and hardening fixes of one resource, as an edit that the editor shows before it applies it. */
export function hardenResource(
  services: LanguageServices,
  document: OpenDocument,
  documentIndex: number,
  resource: string,
): Hardening | undefined {
  const file = services.workspace.file(document.uri);
  if (file?.documents[documentIndex] === undefined) return undefined;
  const select = (finding: Finding): boolean => finding.resource === resource;
  const result = services.workspace.fixAll(document.uri, { classes: ['safe', 'hardening'], select }, valueSource);
  const label = services.localize('Harden {resource}', { resource });
  return {
    edit:
      result.edits.length === 0
        ? undefined
        : { files: [documentEdits(document, file, result.edits)], confirmation: { label } },
    applied: result.applied.map(({ title }) => title),
    refused: result.refused.map(({ reason }) => reason),
  };
}

function isHardenable(finding: Finding): boolean {
  const wanted = (fixClass: string): boolean => fixClass === 'safe' || fixClass === 'hardening';
  return wanted(finding.description.fixClass) || finding.fixes().some((fix) => wanted(fix.fixClass));
}

function startsWith(path: ManifestPath, start: ManifestPath): boolean {
  return start.every((key, index) => path[index] === key);
}

function contains(range: PositionRange | undefined, position: Position): boolean {
  return range !== undefined && !isBefore(position, range.start) && !isBefore(range.end, position);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
