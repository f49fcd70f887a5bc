import * as vscode from 'vscode';
import type { FileFinding } from '../../../server/src/language/protocol/index.ts';
import type { Commands } from '../commands/registerCommands.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterModel } from './clusterModel.ts';
import type { ClusterProcess } from './clusterProcess.ts';
import { type ClusterNode, declarationOf, type NodeOf } from './clusterTree.ts';
import type { Candidates } from './declaredFindings.ts';
import { pathOf, rangeOf } from './declaredItems.ts';
import { lastWriterOf } from './fieldWriters.ts';
import { describeObject, ownerOf } from './shownFinding.ts';

export interface DeclarationParts {
  readonly model: ClusterModel;
  readonly process: ClusterProcess;
  readonly client: KubeHardenClient;
}

/** Commands on one finding of the tree: to its file, to its fix there, and who set the field. */
export function declarationCommands(parts: DeclarationParts, isNode: (node: unknown) => node is ClusterNode): Commands {
  const onFinding = (run: (node: NodeOf<'finding'>) => Promise<void>) => async (node: unknown) => {
    if (isNode(node) && node.kind === 'finding') await run(node);
  };
  return {
    openDeclaration: onFinding((node) => openDeclaration(declarationOf(node, parts.model)?.candidates ?? [])),
    fixInFile: async (node) => {
      const finding = isNode(node) ? fileFindingOf(node, parts.model) : undefined;
      if (finding !== undefined) await fixInFile(finding);
    },
    showFieldWriter: onFinding((node) => showFieldWriter(parts, node)),
  };
}

/** Where the object is declared; asks where several files may declare it. */
async function openDeclaration(candidates: Candidates): Promise<void> {
  const items = candidates.map((candidate) => ({
    label: pathOf(candidate.uri),
    description: confidenceText(candidate.confidence),
    detail: candidate.why,
    candidate,
  }));
  const placeHolder = vscode.l10n.t('Several files may declare it');
  const picked =
    items.length > 1 ? await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }) : items[0];
  if (picked === undefined) return;
  const { uri, range } = picked.candidate;
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: rangeOf(range) });
}

function confidenceText(confidence: Candidates[number]['confidence']): string {
  switch (confidence) {
    case 'certain':
      return vscode.l10n.t('certain');
    case 'likely':
      return vscode.l10n.t('likely');
    case 'possible':
      return vscode.l10n.t('possible');
  }
}

function fileFindingOf(node: ClusterNode, model: ClusterModel): FileFinding | undefined {
  if (node.kind === 'regression') return node.regression.finding;
  const state = node.kind === 'finding' ? declarationOf(node, model)?.state : undefined;
  return state?.case === 'both' ? state.inFile : undefined;
}

/** Opens the file at the finding and takes the language server's own quick fix there. */
async function fixInFile({ uri, range, fix }: FileFinding): Promise<void> {
  const target = vscode.Uri.parse(uri);
  const place = rangeOf(range);
  await vscode.window.showTextDocument(target, { selection: new vscode.Range(place.start, place.start) });
  if (fix === undefined) return;
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    target,
    place,
    vscode.CodeActionKind.QuickFix.value,
    actionsWithEdits,
  );
  const action = actions.find(({ title, edit }) => title === fix.title && edit !== undefined);
  if (action?.edit === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The fix cannot be applied to the file as it is now: {0}', action?.disabled?.reason ?? fix.title),
    );
    return;
  }
  const edit = fix.fixClass === 'review' ? withPreview(action.edit, fix.title) : action.edit;
  await vscode.workspace.applyEdit(edit);
}

/** So many of the actions at a place are resolved; fixes come first. */
const actionsWithEdits = 20;

/** The same edit so that VS Code shows it before anything is changed. */
function withPreview(edit: vscode.WorkspaceEdit, label: string): vscode.WorkspaceEdit {
  const preview = new vscode.WorkspaceEdit();
  for (const [uri, edits] of edit.entries()) {
    for (const { range, newText } of edits) preview.replace(uri, range, newText, { label, needsConfirmation: true });
  }
  return preview.size === 0 ? edit : preview;
}

/** Asks the cluster who wrote the finding's field last. */
async function showFieldWriter({ process, client }: DeclarationParts, node: NodeOf<'finding'>): Promise<void> {
  const { finding, contextName } = node;
  const { object, path } = finding;
  if (object === undefined) return;
  const source = new vscode.CancellationTokenSource();
  try {
    const result = await process.readObject({ contextName, object, path }, source.token);
    if (result.kind === 'trouble') {
      void vscode.window.showWarningMessage(result.message);
      return;
    }
    const name = describeObject(ownerOf(finding) ?? object);
    const { writer } = result;
    if (writer === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} does not record who set this.', name));
      return;
    }
    const { manager, operation, time, isOfField } = lastWriterOf(writer, path);
    const when = time === undefined ? '' : new Date(time).toLocaleString(vscode.env.language);
    if (isOfField) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} set this in {1} ({2}, {3}).', manager, name, operation, when),
      );
    } else {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} wrote what this stands in, in {1} ({2}, {3}).', manager, name, operation, when),
      );
    }
  } catch (error) {
    client.log.error('The object was not read.', error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The object could not be read; the log says more.'));
  } finally {
    source.dispose();
  }
}
