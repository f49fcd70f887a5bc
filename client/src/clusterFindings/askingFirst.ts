import type { WorkspaceEdit } from 'vscode-languageclient';

const annotationId = 'kubeharden-review';

/** The same edit so that VS Code shows it before anything is changed. What asks already asks in its own words. */
export function askingFirst(edit: WorkspaceEdit, label: string): WorkspaceEdit {
  if (edit.changeAnnotations !== undefined || edit.documentChanges === undefined) return edit;
  return {
    ...edit,
    documentChanges: edit.documentChanges.map((change) =>
      'edits' in change
        ? { ...change, edits: change.edits.map((one) => ({ ...one, annotationId })) }
        : { ...change, annotationId },
    ),
    changeAnnotations: { [annotationId]: { label, needsConfirmation: true } },
  };
}
