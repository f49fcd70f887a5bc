import * as vscode from 'vscode';
import {
  type RuleDocumentationParams,
  type RuleDocumentationResult,
  ruleDocumentationMethod,
} from '../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from './languageClient.ts';

const scheme = 'kubeharden-rule';

/** `kubeharden-rule:/pod/privileged.md`: the page of a rule, as a read-only document that needs no network. */
export const ruleDocumentationUri = (ruleId: string): vscode.Uri => vscode.Uri.from({ scheme, path: `/${ruleId}.md` });

const ruleIdOf = (uri: vscode.Uri): string => uri.path.replace(/^\/|\.md$/g, '');

export function provideRuleDocumentation(client: KubeHardenClient): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const params: RuleDocumentationParams = { ruleId: ruleIdOf(uri) };
      const page = await client.request<RuleDocumentationResult>(ruleDocumentationMethod, params);
      return page?.markdown ?? vscode.l10n.t('There is no rule {0}.', params.ruleId);
    },
  });
}
