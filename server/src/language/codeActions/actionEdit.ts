import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Finding, RuleSetting } from '../../analysis/index.ts';
import type { TextEdit } from '../../manifest/index.ts';
import type { LanguageServices } from '../languageServices.ts';
import type { OpenDocument } from '../openDocuments.ts';
import { documentEdits, type EditRequest, newFileEdits, toWorkspaceEdit } from '../workspaceEdits.ts';
import { setRule } from './configurationEdits.ts';
import { hardenResource } from './hardening.ts';
import { type SuppressionLevel, suppressionEdits } from './suppressionEdits.ts';
import { valueSource } from './valueSource.ts';

/** What a code action carries from its listing to its resolution. It names things and never holds text of the file. */
export type ActionData = { readonly uri: string } & (
  | { readonly action: 'fix'; readonly fingerprint: string; readonly fix: number }
  | { readonly action: 'suppress'; readonly level: SuppressionLevel; readonly fingerprint: string }
  | { readonly action: 'fixRule'; readonly ruleId: string }
  | { readonly action: 'setRule'; readonly ruleId: string; readonly setting: RuleSetting }
  | { readonly action: 'fixAll' }
  | { readonly action: 'harden'; readonly resource: string; readonly document: number }
);

export type ActionEdit =
  | { readonly kind: 'edit'; readonly edit: WorkspaceEdit }
  /** A sentence for the user. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** There is nothing to do, or the client cannot do it. */
  | { readonly kind: 'none' };

/** Computes what an action does to the text as it is now. */
export function actionEdit(services: LanguageServices, document: OpenDocument, data: ActionData): ActionEdit {
  switch (data.action) {
    case 'fix':
      return fixEdit(services, document, data.fingerprint, data.fix);
    case 'fixRule':
      return fixRule(services, document, data.ruleId);
    case 'fixAll':
      return edited(
        services,
        document,
        services.workspace.fixAll(document.uri, { classes: ['safe'] }, valueSource).edits,
      );
    case 'setRule':
      return said(services, setRule(services, document.uri, data.ruleId, data.setting));
    case 'suppress':
      return suppression(services, document, data.level, data.fingerprint);
    case 'harden':
      return said(services, hardenResource(services, document, data.document, data.resource)?.edit);
  }
}

function fixEdit(services: LanguageServices, document: OpenDocument, fingerprint: string, index: number): ActionEdit {
  const fix = findingOf(services, document, fingerprint)?.fixes()[index];
  const file = services.workspace.file(document.uri);
  if (fix === undefined || file === undefined) return { kind: 'none' };
  const plan = services.workspace.planFix(document.uri, fix, valueSource);
  if (plan.kind === 'refused') return plan;
  const newFiles = newFileEdits(document.uri, plan.newFiles);
  if (newFiles === undefined) {
    return {
      kind: 'refused',
      reason: services.localize('The document must be saved first, for the fix adds a file beside it.'),
    };
  }
  return said(services, {
    files: plan.edits.length > 0 ? [documentEdits(document, file, plan.edits)] : [],
    newFiles,
    ...(newFiles.length > 0 && { confirmation: { label: fix.title } }),
    placeholders: fix.fixClass === 'input',
  });
}

function fixRule(services: LanguageServices, document: OpenDocument, ruleId: string): ActionEdit {
  const select = (finding: Finding): boolean => finding.ruleId === ruleId;
  const result = services.workspace.fixAll(document.uri, { classes: ['safe', 'hardening'], select }, valueSource);
  return edited(services, document, result.edits);
}

function suppression(
  services: LanguageServices,
  document: OpenDocument,
  level: SuppressionLevel,
  fingerprint: string,
): ActionEdit {
  const file = services.workspace.file(document.uri);
  const finding = findingOf(services, document, fingerprint);
  if (file === undefined || finding === undefined) return { kind: 'none' };
  const edits = suppressionEdits(services.workspace, file, finding, level);
  if (edits === undefined) return { kind: 'none' };
  const { clientUri: uri, version } = document;
  return said(services, { files: [{ uri, version, edits }], placeholders: true });
}

function findingOf(services: LanguageServices, document: OpenDocument, fingerprint: string): Finding | undefined {
  return services.findingsOf(document).find((finding) => finding.fingerprint === fingerprint);
}

function edited(services: LanguageServices, document: OpenDocument, edits: readonly TextEdit[]): ActionEdit {
  const file = services.workspace.file(document.uri);
  if (file === undefined || edits.length === 0) return { kind: 'none' };
  return said(services, { files: [documentEdits(document, file, edits)] });
}

function said(services: LanguageServices, request: EditRequest | undefined): ActionEdit {
  const edit = request === undefined ? undefined : toWorkspaceEdit(request, services.abilities);
  return edit === undefined ? { kind: 'none' } : { kind: 'edit', edit };
}
