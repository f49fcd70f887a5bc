import * as vscode from 'vscode';
import {
  type RuleDocumentationParams,
  type RuleDocumentationResult,
  ruleDocumentationMethod,
  showRuleDocumentationCommand,
} from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import { describeObject, type ShownFinding } from './shownFinding.ts';

/** What a finding is about, why it matters, and where its documentation is. Names from the cluster are shown as they are. */
export async function findingTooltip(
  finding: ShownFinding,
  client: KubeHardenClient,
  token: vscode.CancellationToken,
): Promise<vscode.MarkdownString> {
  const { ruleId, message, object, addedToPodsOf, check } = finding;
  const params: RuleDocumentationParams = { ruleId };
  const rule = await client.request<RuleDocumentationResult>(ruleDocumentationMethod, params, token);
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
  const why = rule?.why ?? check?.why;
  if (why !== undefined) tooltip.appendMarkdown(`\n\n${why}`);
  if (rule !== null) {
    const command = `command:${showRuleDocumentationCommand}?${encodeURIComponent(JSON.stringify([ruleId]))}`;
    tooltip.appendMarkdown(`\n\n[${vscode.l10n.t('Documentation of {0}', ruleId)}](${command})`);
  }
  return tooltip;
}
