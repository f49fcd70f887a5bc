import * as vscode from 'vscode';
import {
  type RuleDocumentationParams,
  type RuleDocumentationResult,
  ruleDocumentationMethod,
  showRuleDocumentationCommand,
} from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { NodeOf } from './clusterTree.ts';
import type { FieldWriters, LastWriter } from './fieldWriters.ts';
import { describeObject } from './shownFinding.ts';

/** What a finding is about, why it matters, and where its documentation is. Names from the cluster are shown as they are. */
export async function findingTooltip(
  { contextName, finding }: NodeOf<'finding'>,
  client: KubeHardenClient,
  writers: FieldWriters,
  token: vscode.CancellationToken,
): Promise<vscode.MarkdownString> {
  const { ruleId, message, object, addedToPodsOf, check } = finding;
  const params: RuleDocumentationParams = { ruleId };
  const [rule, writer] = await Promise.all([
    client.request<RuleDocumentationResult>(ruleDocumentationMethod, params, token),
    inTime(token, (inTime) => writers.lastWriter(contextName, finding, inTime)),
  ]);
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = { enabledCommands: [showRuleDocumentationCommand] };
  const summary = rule?.summary ?? check?.summary;
  if (summary !== undefined) tooltip.appendMarkdown(`**${summary}**\n\n`);
  tooltip.appendText(message);
  if (object !== undefined) tooltip.appendMarkdown('\n\n').appendText(describeObject(object));
  if (addedToPodsOf !== undefined) {
    const sentence = vscode.l10n.t(
      'It is in the pods of {0} but not in its template: something added it at admission.',
      describeObject(addedToPodsOf),
    );
    tooltip.appendMarkdown('\n\n').appendText(sentence);
  }
  if (writer !== undefined) tooltip.appendMarkdown(`\n\n${writerMarkdown(writer).value}`);
  const why = rule?.why ?? check?.why;
  if (why !== undefined) tooltip.appendMarkdown(`\n\n${why}`);
  if (rule !== null) {
    const command = `command:${showRuleDocumentationCommand}?${encodeURIComponent(JSON.stringify([ruleId]))}`;
    tooltip.appendMarkdown(`\n\n[${vscode.l10n.t('Documentation of {0}', ruleId)}](${command})`);
  }
  return tooltip;
}

/** `Set by kubectl-edit (update) on 2026-11-03.` */
export function writerMarkdown({ manager, operation, time, isOfField }: LastWriter): vscode.MarkdownString {
  // Whoever writes an object chooses the name. Within a code span only the span's own end means anything.
  const who = `\`${manager.replaceAll(/[`\s]+/g, ' ').trim()}\` (${operation.toLowerCase()})`;
  const when = time?.slice(0, 'yyyy-mm-dd'.length);
  if (isOfField) {
    return new vscode.MarkdownString(
      when === undefined ? vscode.l10n.t('Set by {0}.', who) : vscode.l10n.t('Set by {0} on {1}.', who, when),
    );
  }
  return new vscode.MarkdownString(
    when === undefined
      ? vscode.l10n.t('What this stands in was set by {0}.', who)
      : vscode.l10n.t('What this stands in was set by {0} on {1}.', who, when),
  );
}

/** How long a tooltip waits for the cluster, in milliseconds; without an answer it says the rest. */
const patience = 1500;

/** Undefined where the answer does not come in time, or there is none. */
async function inTime<Answer>(
  token: vscode.CancellationToken,
  ask: (token: vscode.CancellationToken) => Promise<Answer>,
): Promise<Answer | undefined> {
  const source = new vscode.CancellationTokenSource();
  const cancelling = token.onCancellationRequested(() => source.cancel());
  const timer = setTimeout(() => source.cancel(), patience);
  const cancelled = new Promise<undefined>((resolve) => source.token.onCancellationRequested(() => resolve(undefined)));
  try {
    return await Promise.race([ask(source.token).catch(() => undefined), cancelled]);
  } finally {
    clearTimeout(timer);
    cancelling.dispose();
    source.dispose();
  }
}
