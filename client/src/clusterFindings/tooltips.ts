import * as vscode from 'vscode';
import {
  type RuleDocumentationParams,
  type RuleDocumentationResult,
  ruleDocumentationMethod,
  showRuleDocumentationCommand,
} from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterModel } from './clusterModel.ts';
import { type ClusterNode, declarationOf, type NodeOf } from './clusterTree.ts';
import { pathOf, wholeCaseText } from './declaredItems.ts';
import type { FieldWriters, LastWriter } from './fieldWriters.ts';
import { markdownCode, markdownText } from './markdownText.ts';
import { describeObject } from './shownFinding.ts';
import { countSentence } from './treeItems.ts';

export interface TooltipParts {
  readonly model: ClusterModel;
  readonly client: KubeHardenClient;
  readonly writers: FieldWriters;
}

/** What takes longer to say than a line of the tree has room for; undefined where the line says all. */
export async function tooltipOf(
  node: ClusterNode,
  parts: TooltipParts,
  token: vscode.CancellationToken,
): Promise<vscode.MarkdownString | undefined> {
  switch (node.kind) {
    case 'finding':
      return findingTooltip(node, parts, token);
    case 'regression': {
      const { object, finding } = node.regression;
      const where = vscode.l10n.t('The live object does not have this, but {0} has.', pathOf(finding.uri));
      const rule = await documentationOf(finding.ruleId, parts, token);
      return ofParagraphs(finding.ruleId, rule, [finding.message, describeObject(object), where]);
    }
    case 'group': {
      const { group } = node;
      if (group.key.kind !== 'rule') return undefined;
      const { ruleId } = group.key;
      const [first] = group.findings;
      const rule = (await documentationOf(ruleId, parts, token)) ?? first?.check ?? null;
      return ofParagraphs(ruleId, rule, [countSentence(group)]);
    }
    case 'passed':
    case 'notVerifiable':
      return ofParagraphs(node.check.id, node.check, [node.outcome.because]);
    default:
      return undefined;
  }
}

async function findingTooltip(
  node: NodeOf<'finding'>,
  parts: TooltipParts,
  token: vscode.CancellationToken,
): Promise<vscode.MarkdownString> {
  const { ruleId, message, object, addedToPodsOf, check } = node.finding;
  const [rule, writer] = await Promise.all([
    documentationOf(ruleId, parts, token),
    inTime(token, (inTime) => parts.writers.lastWriter(node.contextName, node.finding, inTime)),
  ]);
  const declared = declarationOf(node, parts.model);
  const objects = object === undefined ? [] : [describeObject(object)];
  return ofParagraphs(
    ruleId,
    rule ?? check ?? null,
    [
      message,
      [...objects, ...(declared === undefined ? [] : [wholeCaseText(declared)])].join(' · '),
      addedToPodsOf === undefined
        ? ''
        : vscode.l10n.t(
            'It is in the pods of {0} but not in its template: something added it at admission.',
            describeObject(addedToPodsOf),
          ),
    ],
    writer,
  );
}

type RuleTexts = Pick<NonNullable<RuleDocumentationResult>, 'summary' | 'why'> & { readonly markdown?: string };

function documentationOf(
  ruleId: string,
  { client }: TooltipParts,
  token: vscode.CancellationToken,
): Promise<RuleDocumentationResult> {
  const params: RuleDocumentationParams = { ruleId };
  return client.request<RuleDocumentationResult>(ruleDocumentationMethod, params, token).catch((error: unknown) => {
    if (!token.isCancellationRequested) client.log.error(`The documentation of ${ruleId} was not told.`, error);
    return null;
  });
}

/** What is wrong in one sentence, what is to be said of this line, why it matters, and where more is. */
function ofParagraphs(
  ruleId: string,
  rule: RuleTexts | null,
  texts: readonly string[],
  writer?: LastWriter,
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = { enabledCommands: [showRuleDocumentationCommand] };
  const paragraphs = [
    ...(rule === null ? [] : [`**${markdownText(rule.summary)}**`]),
    ...texts.filter((text) => text !== '').map(markdownText),
    ...(writer === undefined ? [] : [writerMarkdown(writer).value]),
    ...(rule === null ? [] : [rule.why]),
    rule?.markdown === undefined
      ? markdownText(ruleId)
      : `[${markdownText(vscode.l10n.t('Documentation of {0}', ruleId))}](command:${showRuleDocumentationCommand}?${encodeURIComponent(JSON.stringify([ruleId]))})`,
  ];
  return tooltip.appendMarkdown(paragraphs.join('\n\n'));
}

/** `Set by kubectl-edit (update) on 2026-11-03.` */
export function writerMarkdown({ manager, operation, time, isOfField }: LastWriter): vscode.MarkdownString {
  const who = `${markdownCode(manager)} (${operation.toLowerCase()})`;
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
