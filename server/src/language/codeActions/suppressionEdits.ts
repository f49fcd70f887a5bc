import type { TextEdit } from 'vscode-languageserver';
import { directiveText, type Finding, ignoreFileKeyword, ignoreKeyword, type Workspace } from '../../analysis/index.ts';
import { type Resource, readResources } from '../../kubernetes/index.ts';
import type { ManifestDocument, ManifestFile } from '../../manifest/index.ts';
import { toTextEdits } from '../workspaceEdits.ts';
import { valueSource } from './valueSource.ts';

export type SuppressionLevel = 'line' | 'resource' | 'file';

/** Stands where the author writes why; a suppression without a reason does not count. */
const reasonPlaceholder = '<why this is acceptable>';

/** Suppresses a finding in its own file. Undefined where that cannot be written: JSON takes no comments. */
export function suppressionEdits(
  workspace: Workspace,
  file: ManifestFile,
  finding: Finding,
  level: SuppressionLevel,
): TextEdit[] | undefined {
  const { document, ruleId } = finding;
  const takesComments = document.form === 'plain' || document.form === 'helm-template';
  switch (level) {
    case 'line':
      return takesComments ? [commentAbove(file, firstLineOf(file, finding), ignoreKeyword, ruleId)] : undefined;
    case 'resource': {
      const resource = resourceOf(finding);
      // A comment speaks of the whole document, so an item of a List gets an annotation.
      const isWholeDocument = resource === undefined || resource.node.path.length === 0;
      if (takesComments && isWholeDocument) return [commentAbove(file, topOf(file, document), ignoreKeyword, ruleId)];
      return resource === undefined ? undefined : annotationEdits(workspace, file, resource, finding);
    }
    case 'file': {
      const [first] = file.documents;
      return takesComments && first !== undefined
        ? [commentAbove(file, topOf(file, first), ignoreFileKeyword, ruleId)]
        : undefined;
    }
  }
}

function commentAbove(file: ManifestFile, line: number, keyword: string, ruleId: string): TextEdit {
  const start = file.offsetAt({ line, character: 0 });
  const indentation = /^ */.exec(file.text.slice(start))?.[0] ?? '';
  // A byte order mark stays the first character of the file.
  const at = { line, character: file.text[start] === '\uFEFF' ? 1 : 0 };
  const comment = directiveText(keyword, [ruleId], reasonPlaceholder);
  return { range: { start: at, end: at }, newText: `${indentation}${comment}${file.lineEnding}` };
}

/** A finding inside a scalar of several lines is suppressed above the scalar: a comment inside would be its content. */
function firstLineOf(file: ManifestFile, finding: Finding): number {
  const { line } = finding.range.start;
  const node = finding.document.root.get(...finding.place.path);
  const range = node.type === 'string' ? file.rangeOf(node.keyPlace) : undefined;
  return range === undefined ? line : Math.min(line, range.start.line);
}

/** The line of the document's first key. */
function topOf(file: ManifestFile, document: ManifestDocument): number {
  const [first] = document.root.entries();
  const place = first === undefined ? document.root.place : first.value.keyPlace;
  return file.rangeOf(place)?.start.line ?? file.positionAt(file.startOf(document)).line;
}

/** The innermost resource that holds the finding. */
function resourceOf({ document, place }: Finding): Resource | undefined {
  return readResources(document)
    .filter(({ node }) => node.path.every((key, index) => place.path[index] === key))
    .sort((a, b) => b.node.path.length - a.node.path.length)[0];
}

function annotationEdits(
  workspace: Workspace,
  file: ManifestFile,
  resource: Resource,
  { uri, ruleId }: Finding,
): TextEdit[] | undefined {
  const node = resource.metadata.get('annotations', `kubeharden.io/ignore.${ruleId.replace('/', '.')}`);
  const operations = [{ op: 'set', node, value: reasonPlaceholder }] as const;
  const plan = workspace.planFix(uri, { fixClass: 'review', title: '', operations }, valueSource);
  return plan.kind === 'edits' ? toTextEdits(file, plan.edits) : undefined;
}
