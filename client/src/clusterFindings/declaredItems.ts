import * as vscode from 'vscode';
import type { Candidates, DeclaredState, Regression } from './declaredFindings.ts';
import { describeObject } from './shownFinding.ts';

/** How a finding stands to the files, in a few words. */
export function caseText({
  state,
  candidates,
}: {
  readonly state: DeclaredState;
  readonly candidates: Candidates;
}): string {
  const [first] = candidates;
  const file = first === undefined ? '' : pathOf(first.uri);
  switch (state.case) {
    case 'both':
      return vscode.l10n.t('also in {0}', pathOf(state.inFile.uri));
    case 'fixedNotDeployed':
      return vscode.l10n.t('fixed in {0}, not deployed', file);
    case 'ignoredInFile':
      return vscode.l10n.t('ignored in {0}', pathOf(state.inFile.uri));
    case 'notJudgedInFile':
      return first?.confidence === 'possible'
        ? vscode.l10n.t('perhaps declared in {0}', file)
        : vscode.l10n.t('declared in {0}', file);
    case 'onlyLive':
      return vscode.l10n.t('only live');
  }
}

export function canBeFixedInFile(state: DeclaredState): boolean {
  return state.case === 'both' && state.inFile.fix !== undefined;
}

/** A finding of a file that the live object does not have; it opens the file. */
export function regressionItem(item: vscode.TreeItem, { object, finding }: Regression): vscode.TreeItem {
  const place = pathOf(finding.uri);
  item.label = describeObject(object);
  item.description = `${place} · ${finding.message}`;
  item.tooltip = vscode.l10n.t(
    'The live object does not have this, but {0} has: {1} ({2})',
    place,
    finding.message,
    finding.ruleId,
  );
  item.iconPath = new vscode.ThemeIcon('debug-step-back');
  item.contextValue = finding.fix === undefined ? 'regression' : 'regression fixable';
  item.accessibilityInformation = { label: `${describeObject(object)}. ${finding.message} ${place}` };
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open Declaration'),
    arguments: [vscode.Uri.parse(finding.uri), { selection: rangeOf(finding.range) }],
  };
  return item;
}

export function pathOf(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}

/** Ranges of the protocol and of VS Code count lines and characters alike. */
export function rangeOf({ start, end }: Regression['finding']['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
