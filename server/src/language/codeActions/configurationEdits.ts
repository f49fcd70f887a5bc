import type { RuleSetting } from '../../analysis/index.ts';
import { type FixOperation, type ManifestNode, parseManifest, planEdits } from '../../manifest/index.ts';
import { configurationFileFor } from '../configurationFile.ts';
import type { LanguageServices } from '../languageServices.ts';
import { type EditRequest, toTextEdits } from '../workspaceEdits.ts';

/** Sets a rule in the configuration that holds for a file: the nearest one upwards, else a new one in its folder's root. */
export function setRule(
  services: LanguageServices,
  uri: string,
  ruleId: string,
  setting: RuleSetting,
): EditRequest | undefined {
  const target = configurationFileFor(services, uri);
  if (target === undefined) return undefined;
  if (target.text === undefined) {
    return { files: [], newFiles: [{ uri: target.uri, text: `rules:\n  ${ruleId}: ${setting}\n` }] };
  }
  return editConfiguration(services, target.uri, target.text, `rules:\n  ${ruleId}: ${setting}\n`, (root) => {
    const rule = root.get('rules', ruleId);
    return { op: 'set', node: rule.type === 'map' ? rule.get('severity') : rule, value: setting };
  });
}

function editConfiguration(
  services: LanguageServices,
  uri: string,
  text: string,
  whole: string,
  operation: (root: ManifestNode) => FixOperation,
): EditRequest | undefined {
  const document = services.documents.get(uri);
  const version = document?.version ?? null;
  const clientUri = document?.clientUri ?? uri;
  const file = parseManifest(text, { form: 'plain' });
  const [first] = file.documents;
  if (first === undefined || first.isEmpty) {
    const end = file.positionAt(text.length);
    const separator = text === '' || text.endsWith('\n') ? '' : file.lineEnding;
    return {
      files: [{ uri: clientUri, version, edits: [{ range: { start: end, end }, newText: separator + whole }] }],
    };
  }
  const plan = planEdits(file, [operation(first.root)], { randomBytes: () => '' });
  if (plan.kind === 'refused') return undefined;
  return { files: [{ uri: clientUri, version, edits: toTextEdits(file, plan.edits) }] };
}
