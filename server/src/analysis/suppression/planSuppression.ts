import { readResources } from '../../kubernetes/index.ts';
import type { FixOperation, ManifestDocument, ManifestFile, ValueSource } from '../../manifest/index.ts';
import { planEdits } from '../../manifest/index.ts';
import type { Finding } from '../finding.ts';
import { planSourceEdit } from '../fixing/planFix.ts';
import type { FixPlan } from '../workspace.ts';
import { contentLineFrom, hasContentBefore, lineStartAt } from './commentScope.ts';
import { directiveText, ignoreFileKeyword, ignoreKeyword } from './directive.ts';
import { ignoreAnnotationKey } from './ignoreAnnotation.ts';

/** How far a suppression that is to be written reaches: the line or block of the finding, its resource, its file. */
export type SuppressionTarget = 'line' | 'resource' | 'file';

/** The edits that suppress a finding for a reason, or why that cannot be written here. */
export function planSuppression(
  file: ManifestFile,
  finding: Finding,
  target: SuppressionTarget,
  reason: string,
): FixPlan {
  if (!file.documents.includes(finding.document)) return refused('The document has changed meanwhile.');
  switch (target) {
    case 'line':
      return suppressLine(file, finding, reason);
    case 'resource':
      return suppressResource(file, finding, reason);
    case 'file':
      return suppressFile(file, finding, reason);
  }
}

/** A comment above the line, or above the key whose text the line is a part of. */
function suppressLine(file: ManifestFile, finding: Finding, reason: string): FixPlan {
  const { document, place } = finding;
  if (document.form === 'json') return refused(noComments);
  const { text } = document;
  const node = document.root.get(...place.path);
  const at = Math.min(
    place.range?.start ?? 0,
    node.isKnown ? (node.place.range?.start ?? 0) : Number.POSITIVE_INFINITY,
  );
  // A text over several lines holds no comments: go by the line of its key.
  const anchor = node.string?.includes('\n') ? (node.keyPlace.range?.start ?? at) : (place.range?.start ?? 0);
  const lineStart = lineStartAt(text, anchor);
  const directive = directiveText(ignoreKeyword, [finding.ruleId], reason);
  // Above the first line a comment would speak of the whole document.
  if (!hasContentBefore(text, lineStart)) return planSourceEdit(file, atLineEnd(document, lineStart, directive));
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  return planSourceEdit(file, insertion(document, lineStart, `${indent}${directive}${file.lineEnding}`));
}

/** A comment at the top of the document if the resource is alone in it, else an annotation. */
function suppressResource(file: ManifestFile, finding: Finding, reason: string): FixPlan {
  const { document, ruleId } = finding;
  const resources = readResources(document);
  const first = contentLineFrom(document.text, 0) ?? 0;
  const isAlone = resources.length <= 1 && (resources[0]?.node.path.length ?? 0) === 0;
  if (isAlone && document.form !== 'json') {
    return planSourceEdit(
      file,
      insertion(document, first, `${directiveText(ignoreKeyword, [ruleId], reason)}${file.lineEnding}`),
    );
  }
  const resource = resources.find(({ node }) => node.path.every((step, depth) => finding.place.path[depth] === step));
  if (resource === undefined) return refused('There is no resource here that could be annotated.');
  const node = resource.metadata.get('annotations', ignoreAnnotationKey(ruleId));
  const operation: FixOperation = { op: 'set', node, value: reason };
  return planEdits(file, [operation], noValues);
}

function suppressFile(file: ManifestFile, finding: Finding, reason: string): FixPlan {
  const document = file.documents.find((candidate) => !candidate.isEmpty);
  if (document === undefined || document.form === 'json') return refused(noComments);
  const text = `${directiveText(ignoreFileKeyword, [finding.ruleId], reason)}${file.lineEnding}`;
  return planSourceEdit(file, insertion(document, contentLineFrom(document.text, 0) ?? 0, text));
}

const noComments = 'JSON has no comments.';

function refused(reason: string): FixPlan {
  return { kind: 'refused', reason };
}

function insertion(document: ManifestDocument, offset: number, text: string) {
  // A byte order mark stays the first character of the file.
  const start = offset === 0 && document.text.startsWith('\uFEFF') ? 1 : offset;
  return { document, start, end: start, text };
}

function atLineEnd(document: ManifestDocument, lineStart: number, directive: string) {
  const line = /[^\r\n]*/.exec(document.text.slice(lineStart))?.[0] ?? '';
  const end = lineStart + line.length;
  return { document, start: lineStart + line.trimEnd().length, end, text: ` ${directive}` };
}

const noValues: ValueSource = {
  randomBytes: () => {
    throw new Error('A suppression holds no random value');
  },
};
