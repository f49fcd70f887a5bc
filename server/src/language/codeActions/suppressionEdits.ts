import type { TextEdit } from 'vscode-languageserver';
import type { Finding } from '../../analysis/index.ts';
import type { ManifestDocument, ManifestFile, ManifestNode } from '../../manifest/index.ts';

/** Stands where the author writes why; a suppression without a reason does not count. */
export const reasonPlaceholder = '<why this is acceptable>';

/**
 * A comment above the line of the finding, with that line's indentation. Undefined where no comment can stand: in JSON.
 */
export function suppressLine(file: ManifestFile, finding: Finding): TextEdit | undefined {
  if (!takesComments(finding.document)) return undefined;
  return commentAbove(file, firstLineOf(file, finding), directive(finding.ruleId));
}

/** A comment at the top of the finding's document, before its first key. */
export function suppressDocument(file: ManifestFile, finding: Finding): TextEdit | undefined {
  if (!takesComments(finding.document)) return undefined;
  return commentAbove(file, lineOfFirstKey(file, finding.document), directive(finding.ruleId));
}

function directive(ruleId: string): string {
  return `# kubeharden-ignore ${ruleId} -- ${reasonPlaceholder}`;
}

function takesComments({ form }: ManifestDocument): boolean {
  return form === 'plain' || form === 'helm-template';
}

function commentAbove(file: ManifestFile, line: number, comment: string): TextEdit {
  const at = { line, character: 0 };
  const start = file.offsetAt(at);
  const indentation = /^[ ]*/.exec(file.text.slice(start, start + 400))?.[0] ?? '';
  // A byte order mark stays the first character of the file.
  const skipped = start === 0 && file.text.startsWith('\uFEFF') ? { line, character: 1 } : at;
  return { range: { start: skipped, end: skipped }, newText: `${indentation}${comment}${file.lineEnding}` };
}

/** A finding inside a scalar of several lines is suppressed above the scalar: a comment inside would be its content. */
function firstLineOf(file: ManifestFile, finding: Finding): number {
  const { line } = finding.range.start;
  const node: ManifestNode = finding.document.root.get(...finding.place.path);
  if (node.type !== 'string') return line;
  const range = file.rangeOf(node.keyPlace);
  return range === undefined ? line : Math.min(line, range.start.line);
}

function lineOfFirstKey(file: ManifestFile, document: ManifestDocument): number {
  const [first] = document.root.entries();
  const place = first === undefined ? document.root.place : first.value.keyPlace;
  return file.rangeOf(place)?.start.line ?? file.positionAt(file.startOf(document)).line;
}
