import * as vscode from 'vscode';
import type { Candidates, DeclaredState, Regression } from './declaredFindings.ts';
import { describeObject } from './shownFinding.ts';

export interface Declared {
  readonly state: DeclaredState;
  readonly candidates: Candidates;
}

/** How a finding stands to the files, in a few words that name one of them. */
export function caseText(declared: Declared): string {
  const [first = '', ...others] = filesOf(declared);
  return caseWords(declared, others.length === 0 ? first : vscode.l10n.t('{0} and {1} more', first, others.length));
}

/** The same with all of the files. */
export function wholeCaseText(declared: Declared): string {
  return caseWords(declared, filesOf(declared).join(', '));
}

function caseWords({ state, candidates }: Declared, files: string): string {
  switch (state.case) {
    case 'both':
      return vscode.l10n.t('also in {0}', files);
    case 'fixedNotDeployed':
      return vscode.l10n.t('fixed in {0}, not deployed', files);
    case 'ignoredInFile':
      return vscode.l10n.t('ignored in {0}', files);
    case 'notJudgedInFile':
      return candidates[0]?.confidence === 'possible'
        ? vscode.l10n.t('perhaps declared in {0}', files)
        : vscode.l10n.t('declared in {0}', files);
    case 'onlyLive':
      return vscode.l10n.t('only live');
  }
}

/** Those that the case is about: that have the finding, else that are as likely as the likeliest to be the object's. */
function filesOf({ state, candidates }: Declared): readonly string[] {
  switch (state.case) {
    case 'both':
      return pathsOf([state.inFile, ...state.alsoIn]);
    case 'ignoredInFile':
      return pathsOf([state.inFile]);
    default:
      return pathsOf(candidates.filter(({ confidence }) => confidence === candidates[0]?.confidence));
  }
}

function pathsOf(places: readonly { readonly uri: string }[]): readonly string[] {
  return [...new Set(places.map(({ uri }) => pathOf(uri)))];
}

export function canBeFixedInFile(state: DeclaredState): boolean {
  return state.case === 'both' && [state.inFile, ...state.alsoIn].some(({ fix }) => fix !== undefined);
}

/** A finding of a file that the live object does not have; it opens the file. */
export function regressionItem(item: vscode.TreeItem, { object, finding }: Regression): void {
  const place = pathOf(finding.uri);
  item.label = describeObject(object);
  item.description = `${place} · ${finding.message}`;
  item.contextValue = finding.fix === undefined ? 'regression' : 'regression fixable';
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open Declaration'),
    arguments: [vscode.Uri.parse(finding.uri), { selection: rangeOf(finding.range) }],
  };
}

export function pathOf(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}

/** Ranges of the protocol and of VS Code count lines and characters alike. */
export function rangeOf({ start, end }: Regression['finding']['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
