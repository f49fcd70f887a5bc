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
import { fixInFile } from './fixInFile.ts';
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
      if (isNode(node)) await fixFinding(node, parts);
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

/** Fixes it where the file has it; asks where several files that declare the object have it. */
async function fixFinding(node: ClusterNode, { model, client }: DeclarationParts): Promise<void> {
  const found = fileFindingsOf(node, model);
  const fixable = found.filter(({ fix }) => fix !== undefined);
  const items = (fixable.length === 0 ? found : fixable).map((finding) => ({
    label: pathOf(finding.uri),
    description: finding.fix?.title ?? '',
    finding,
  }));
  const placeHolder = vscode.l10n.t('Several files declare it; which one is to be fixed?');
  const picked = items.length > 1 ? await vscode.window.showQuickPick(items, { placeHolder }) : items[0];
  if (picked !== undefined) await fixInFile(picked.finding, client);
}

function fileFindingsOf(node: ClusterNode, model: ClusterModel): readonly FileFinding[] {
  if (node.kind === 'regression') return [node.regression.finding];
  const state = node.kind === 'finding' ? declarationOf(node, model)?.state : undefined;
  return state?.case === 'both' ? [state.inFile, ...state.alsoIn] : [];
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
