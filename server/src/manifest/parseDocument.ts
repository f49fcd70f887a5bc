import { parseBlockDocument } from './blockYaml/parseBlockDocument.ts';
import type { DocumentForm, SyntaxProblem } from './manifestDocument.ts';
import { maximumDocumentLength } from './notChecked.ts';
import { parseHelmTemplate } from './parseHelmTemplate.ts';
import { parseJsonDocument } from './parseJsonDocument.ts';
import { parseYamlDocument } from './parseYamlDocument.ts';
import { findBadSeparator } from './splitDocuments.ts';
import type { SyntaxDocument } from './syntaxTree.ts';

/** Parses the text of one document in the way its form asks for. Never throws. */
export function parseDocument(text: string, form: DocumentForm): SyntaxDocument {
  return parseQuickly(text, form) ?? parseCompletely(text, form);
}

/** The document, if it can be read in a time that does not matter: nearly every one, at any length. */
export function parseQuickly(text: string, form: DocumentForm): SyntaxDocument | undefined {
  const conflict = findConflictMarker(text);
  if (conflict !== undefined) {
    return { root: undefined, problems: [conflict], comments: [], partial: true, notChecked: undefined };
  }
  if (form === 'json') return parseJsonDocument(text);
  // It claims no document with a bad separator.
  return form === 'plain' ? parseBlockDocument(text) : undefined;
}

/** The document by the complete parser, which takes about a second for 2 MiB. */
export function parseCompletely(text: string, form: DocumentForm): SyntaxDocument {
  if (text.length > maximumDocumentLength) {
    return { root: undefined, problems: [], comments: [], partial: true, notChecked: 'too-large' };
  }
  switch (form) {
    case 'json':
      return withBadSeparator(text, parseYamlDocument(text));
    case 'plain':
      return withBadSeparator(text, parseYamlDocument(text));
    case 'helm-template':
      return parseHelmTemplate(text);
    case 'object':
      return parseYamlDocument('');
  }
}

const conflictMarker = /^(?:<{7}|={7}|>{7})(?:$| .*$)/m;

/** The first line that a merge left behind. Both sides of the conflict are in the text, so nothing else is said of it. */
function findConflictMarker(text: string): SyntaxProblem | undefined {
  const match = conflictMarker.exec(text);
  if (match === null) return undefined;
  return {
    kind: 'conflict-marker',
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    message: 'An unresolved merge conflict is left in this document.',
  };
}

function withBadSeparator(text: string, document: SyntaxDocument): SyntaxDocument {
  const separator = findBadSeparator(text);
  if (separator === undefined) return document;
  const problem: SyntaxProblem = {
    kind: 'syntax',
    ...separator,
    message: 'Kubernetes takes every line that begins with "---" for a separator and allows only a comment after it.',
  };
  return { ...document, problems: [problem, ...document.problems] };
}
