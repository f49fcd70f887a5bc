import * as vscode from 'vscode';
import type { ShowRuleDocumentationArguments } from '../../../server/src/language/protocol/index.ts';
import { ruleDocumentationUri } from '../ruleDocumentation.ts';
import type { Commands } from './registerCommands.ts';

export function ruleDocumentationCommands(): Commands {
  return { showRuleDocumentation };
}

/** Shows the page of the given rule, else of the finding at the cursor. */
async function showRuleDocumentation(...args: readonly unknown[]): Promise<void> {
  const ruleId = isRuleArgument(args) ? args[0] : await pickRuleAtCursor();
  if (ruleId === undefined) return;
  const uri = ruleDocumentationUri(ruleId);
  // The preview belongs to a built-in extension, which may be disabled.
  if (vscode.extensions.getExtension('vscode.markdown-language-features') !== undefined) {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } else {
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

const isRuleArgument = (args: readonly unknown[]): args is ShowRuleDocumentationArguments =>
  typeof args[0] === 'string';

async function pickRuleAtCursor(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const findings = vscode.languages.getDiagnostics(editor.document.uri).filter(isOurs);
  const atCursor = ruleIds(findings.filter(({ range }) => range.intersection(editor.selection) !== undefined));
  const choices = atCursor.length > 0 ? atCursor : ruleIds(findings);
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This file has no findings.'));
    return undefined;
  }
  if (choices.length === 1) return choices[0];
  return vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('Which rule?') });
}

/** The one without a code says how many findings are not shown. */
const isOurs = ({ source, code }: vscode.Diagnostic): boolean => source === 'KubeHarden' && code !== undefined;

function ruleIds(diagnostics: readonly vscode.Diagnostic[]): string[] {
  const codes = diagnostics.map(({ code }) => String(typeof code === 'object' ? code.value : code));
  return [...new Set(codes)];
}
