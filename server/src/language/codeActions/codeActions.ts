import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver';
import { type Finding, type RuleSetting, ruleDescription } from '../../analysis/index.ts';
import { toDiagnostic } from '../diagnostics.ts';
import type { LanguageServices } from '../languageServices.ts';
import type { OpenDocument } from '../openDocuments.ts';
import { showRuleDocumentationCommand } from '../protocol/index.ts';
import { type ActionData, actionEdit, type FindingReference } from './actionEdit.ts';
import { resourceAt } from './hardening.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.kubeharden`;
export const hardenKind = `${CodeActionKind.RefactorRewrite}.kubeharden`;
export const codeActionKinds = [CodeActionKind.QuickFix, fixAllKind, hardenKind];

/** A selection over a whole file would list hundreds; fixing many is what "fix all" is for. */
const maxFindings = 20;

export const suppressionTitles = [
  ['line', 'Ignore {rule} here'],
  ['resource', 'Ignore {rule} in this resource'],
  ['file', 'Ignore {rule} in this file'],
] as const;

/** An action before its edit is computed. */
type Proposal = Omit<CodeAction, 'data' | 'edit'> &
  ({ readonly data: ActionData } | { readonly command: NonNullable<CodeAction['command']> });

/**
 * The code actions for a range: for all findings in it first the fixes, then fix all of a rule, suppressions, severities
 * and documentation. `source.fixAll` is offered only when asked for, since editors run it on save.
 */
export function listCodeActions(
  services: LanguageServices,
  document: OpenDocument,
  params: CodeActionParams,
): CodeAction[] {
  if (!services.abilities.codeActionLiterals) return [];
  const { only } = params.context;
  const proposals: Proposal[] = [];
  if (isWanted(CodeActionKind.QuickFix, only)) proposals.push(...quickFixes(services, document, params));
  if (isWanted(hardenKind, only)) proposals.push(...hardening(services, document, params.range));
  if (only !== undefined && isWanted(fixAllKind, only) && hasSafeFix(services, document)) {
    const title = services.localize('Fix all safe KubeHarden findings');
    proposals.push({ title, kind: fixAllKind, data: { action: 'fixAll', uri: document.clientUri } });
  }
  return onePreferred(proposals.flatMap((proposal) => complete(services, document, proposal)));
}

/** Adds the edit, computed on the text as it is now. An action that cannot be done any more comes back as it is. */
export function resolveCodeAction(services: LanguageServices, action: CodeAction): CodeAction {
  const data = action.data as ActionData | undefined;
  const document = typeof data?.uri === 'string' ? services.documents.get(data.uri) : undefined;
  if (data === undefined || document === undefined) return action;
  const result = actionEdit(services, document, data);
  switch (result?.kind) {
    case 'edit':
      return { ...action, edit: result.edit };
    case 'refused':
      return { ...action, disabled: { reason: result.reason } };
    default:
      return action;
  }
}

/** `source` asks for `source.fixAll.kubeharden` too: kinds are prefixes (LSP, CodeActionKind). */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

function quickFixes(services: LanguageServices, document: OpenDocument, params: CodeActionParams): Proposal[] {
  const all = services.findingsOf(document);
  const here = all.filter((finding) => intersects(finding.range, params.range)).slice(0, maxFindings);
  const rules = [...new Map(here.map((finding) => [finding.ruleId, finding])).values()];
  const uri = document.clientUri;
  const { localize } = services;
  const diagnosticsOf = (finding: Finding): Diagnostic[] => [
    diagnosticOf(services, finding, params.context.diagnostics),
  ];
  const quickFix = (finding: Finding, title: string, data: ActionData, isPreferred = false): Proposal => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnosticsOf(finding),
    ...(isPreferred && { isPreferred }),
    data,
  });

  const fixes = here.flatMap((finding) =>
    finding
      .fixes()
      .map((fix, index) =>
        quickFix(
          finding,
          fix.title,
          { action: 'fix', uri, finding: referenceTo(finding, all), fix: index },
          fix.isPreferred,
        ),
      ),
  );
  const fixAllOfRule = rules.flatMap((finding) => {
    const alike = all.filter((other) => other.ruleId === finding.ruleId && isBulkFixable(other));
    if (alike.length < 2) return [];
    const title = localize('Fix all {count} findings of {rule} in this file', {
      count: alike.length,
      rule: finding.ruleId,
    });
    return [quickFix(finding, title, { action: 'fixRule', uri, ruleId: finding.ruleId })];
  });
  const suppressions = rules
    .filter((finding) => !isEngineFinding(finding))
    .flatMap((finding) => {
      const { ruleId: rule } = finding;
      return suppressionTitles.map(([target, title]) =>
        quickFix(finding, localize(title, { rule }), {
          action: 'suppress',
          target,
          uri,
          finding: referenceTo(finding, all),
        }),
      );
    });
  const severities = rules.flatMap((finding) =>
    otherSettings(finding).map((setting) =>
      quickFix(finding, severityTitle(services, finding.ruleId, setting), {
        action: 'setRule',
        uri,
        ruleId: finding.ruleId,
        setting,
      }),
    ),
  );
  const documentation = rules.flatMap((finding): Proposal[] => {
    // Checks of a cluster have no page of their own.
    if (ruleDescription(finding.ruleId) === undefined) return [];
    if (!services.abilities.commands.has(showRuleDocumentationCommand) && !services.abilities.showDocument) return [];
    const title = localize('Show documentation of {rule}', { rule: finding.ruleId });
    const command = { title, command: showRuleDocumentationCommand, arguments: [finding.ruleId] };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: diagnosticsOf(finding), command }];
  });
  return [...fixes, ...fixAllOfRule, ...suppressions, ...severities, ...documentation];
}

function hardening(services: LanguageServices, document: OpenDocument, range: Range): Proposal[] {
  const resource = resourceAt(services, document, range.start);
  if (resource === undefined || !resource.isHardenable) return [];
  const title = services.localize('Harden {resource}', { resource: resource.name });
  const data: ActionData = {
    action: 'harden',
    uri: document.clientUri,
    resource: resource.name,
    document: resource.document,
  };
  return [{ title, kind: hardenKind, data }];
}

/**
 * Whether an action can be done is told in the list, so its edit is planned here. The edit itself is left to the
 * resolution where the client has one: it must fit the text at that moment.
 */
function complete(services: LanguageServices, document: OpenDocument, proposal: Proposal): CodeAction[] {
  if (!('data' in proposal)) return [proposal];
  const { data } = proposal;
  const isPlanned = data.action !== 'harden' && data.action !== 'fixRule';
  if (!isPlanned && services.abilities.resolveEdits) return [proposal];
  const result = actionEdit(services, document, data);
  switch (result.kind) {
    case 'none':
      return [];
    case 'refused':
      return services.abilities.disabledActions
        ? [withoutPreference({ ...proposal, disabled: { reason: result.reason } })]
        : [];
    case 'edit':
      return [services.abilities.resolveEdits ? proposal : { ...proposal, edit: result.edit }];
  }
}

function withoutPreference({ isPreferred: _, ...action }: CodeAction): CodeAction {
  return action;
}

/** Editors apply the preferred action without asking, so there is one at most. */
function onePreferred(actions: readonly CodeAction[]): CodeAction[] {
  let taken = false;
  return actions.map((action) => {
    if (action.isPreferred !== true) return action;
    if (taken) return withoutPreference(action);
    taken = true;
    return action;
  });
}

function referenceTo(finding: Finding, all: readonly Finding[]): FindingReference {
  const { fingerprint } = finding;
  return { fingerprint, occurrence: all.filter((other) => other.fingerprint === fingerprint).indexOf(finding) };
}

function hasSafeFix(services: LanguageServices, document: OpenDocument): boolean {
  return services.findingsOf(document).some((finding) => finding.fixes().some((fix) => fix.fixClass === 'safe'));
}

function isBulkFixable(finding: Finding): boolean {
  return finding.fixes().some(({ fixClass }) => fixClass === 'safe' || fixClass === 'hardening');
}

function isEngineFinding({ ruleId }: Finding): boolean {
  return ruleId.startsWith('kubeharden/');
}

function otherSettings(finding: Finding): readonly RuleSetting[] {
  const settings: readonly RuleSetting[] = ['error', 'warning', 'info', 'off'];
  return settings.filter((setting) => setting !== finding.severity);
}

function severityTitle({ localize }: LanguageServices, rule: string, setting: RuleSetting): string {
  return setting === 'off'
    ? localize('Turn {rule} off (.kubeharden.yaml)', { rule })
    : localize('Report {rule} as {severity} (.kubeharden.yaml)', { rule, severity: setting });
}

/** The client's own diagnostic where it sent one, so that it knows which one the action is for. */
function diagnosticOf(services: LanguageServices, finding: Finding, sent: readonly Diagnostic[]): Diagnostic {
  const same = sent.find(({ data, code }) => code === finding.ruleId && data?.fingerprint === finding.fingerprint);
  return (
    same ??
    toDiagnostic(finding, { localize: services.localize, relatedInformation: services.abilities.relatedInformation })
  );
}

function intersects(a: Range, b: Range): boolean {
  return !isAfter(a.start, b.end) && !isAfter(b.start, a.end);
}

function isAfter(a: Range['start'], b: Range['start']): boolean {
  return a.line > b.line || (a.line === b.line && a.character > b.character);
}
