import type { WorkspaceEdit } from 'vscode-languageserver';
import { configurationFileName, type Finding, type RuleSetting, type SuppressionTarget } from '../../analysis/index.ts';
import { parseManifest, type TextEdit } from '../../manifest/index.ts';
import type { LanguageServices } from '../languageServices.ts';
import type { OpenDocument } from '../openDocuments.ts';
import { documentEdits, type EditRequest, newFileEdits, toTextEdits, toWorkspaceEdit } from '../workspaceEdits.ts';
import { hardenResource } from './hardening.ts';
import { valueSource } from './valueSource.ts';

/** A finding of a file: copies of a resource have findings of equal fingerprints, told apart by their order. */
export interface FindingReference {
  readonly fingerprint: string;
  readonly occurrence: number;
}

/** What a code action carries from its listing to its resolution. It names things and never holds text of the file. */
export type ActionData = { readonly uri: string } & (
  | { readonly action: 'fix'; readonly finding: FindingReference; readonly fix: number }
  | { readonly action: 'suppress'; readonly target: SuppressionTarget; readonly finding: FindingReference }
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

/** Stands where the author writes why; a suppression without a reason does not count. */
const reasonPlaceholder = '<why this is acceptable>';

/** Computes what an action does to the text as it is now. */
export function actionEdit(services: LanguageServices, document: OpenDocument, data: ActionData): ActionEdit {
  switch (data.action) {
    case 'fix':
      return fixEdit(services, document, data.finding, data.fix);
    case 'fixRule':
      return fixRule(services, document, data.ruleId);
    case 'fixAll':
      return edited(
        services,
        document,
        services.workspace.fixAll(document.uri, { classes: ['safe'] }, valueSource).edits,
      );
    case 'setRule':
      return settingEdit(services, document, data.ruleId, data.setting);
    case 'suppress':
      return suppression(services, document, data.target, data.finding);
    case 'harden':
      return said(services, hardenResource(services, document, data.document, data.resource)?.edit);
  }
}

function fixEdit(
  services: LanguageServices,
  document: OpenDocument,
  reference: FindingReference,
  index: number,
): ActionEdit {
  const fix = findingOf(services, document, reference)?.fixes()[index];
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
  target: SuppressionTarget,
  reference: FindingReference,
): ActionEdit {
  const file = services.workspace.file(document.uri);
  const finding = findingOf(services, document, reference);
  if (file === undefined || finding === undefined) return { kind: 'none' };
  const plan = services.workspace.planSuppression(finding, target, reasonPlaceholder);
  if (plan.kind === 'refused') return plan;
  return said(services, { files: [documentEdits(document, file, plan.edits)], placeholders: true });
}

/** Writes a setting into the `.kubeharden.yaml` that decides for the document, or into a new one. */
function settingEdit(
  services: LanguageServices,
  { uri }: OpenDocument,
  ruleId: string,
  setting: RuleSetting,
): ActionEdit {
  const plan = services.workspace.planSeverity(uri, ruleId, setting);
  switch (plan?.kind) {
    case 'create': {
      const label = services.localize('Create {file}', { file: configurationFileName });
      return said(services, { files: [], newFiles: [{ uri: plan.uri, text: plan.text }], confirmation: { label } });
    }
    case 'edit': {
      const configuration = services.documents.get(plan.uri);
      const edits = toTextEdits(parseManifest(services.textOf(plan.uri) ?? '', { form: 'plain' }), plan.edits);
      const target = { uri: configuration?.clientUri ?? plan.uri, version: configuration?.version ?? null };
      return said(services, { files: [{ ...target, edits }] });
    }
    case 'refused':
      return { kind: 'refused', reason: plan.reason };
    case undefined:
      return { kind: 'none' };
  }
}

function findingOf(
  services: LanguageServices,
  document: OpenDocument,
  { fingerprint, occurrence }: FindingReference,
): Finding | undefined {
  return services.findingsOf(document).filter((finding) => finding.fingerprint === fingerprint)[occurrence];
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
