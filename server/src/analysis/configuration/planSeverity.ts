import { applyEdits, parseManifest, planEdits, type TextEdit, type ValueSource } from '../../manifest/index.ts';
import type { RuleSetting } from './resolvedConfiguration.ts';

/** What to write into which configuration file. */
export type SeverityPlan =
  /** Edits of the file as it is; `text` is the whole new text. */
  | { readonly kind: 'edit'; readonly uri: string; readonly edits: readonly TextEdit[]; readonly text: string }
  | { readonly kind: 'create'; readonly uri: string; readonly text: string }
  | { readonly kind: 'refused'; readonly uri: string; readonly reason: string };

/** Gives a rule a setting in a configuration file; `text` is undefined where the file does not exist yet. */
export function planSeverity(
  uri: string,
  text: string | undefined,
  ruleId: string,
  setting: RuleSetting,
): SeverityPlan {
  if (text === undefined || text.trim() === '') {
    const created = `rules:\n  ${ruleId}: ${written(setting)}\n`;
    return text === undefined
      ? { kind: 'create', uri, text: created }
      : { kind: 'edit', uri, edits: [{ start: 0, end: text.length, text: created }], text: created };
  }
  const file = parseManifest(text, { form: 'plain' });
  const document = file.documents.find((candidate) => !candidate.isEmpty);
  if (document === undefined) {
    const separator = text.endsWith('\n') ? '' : file.lineEnding;
    const added = `${separator}rules:${file.lineEnding}  ${ruleId}: ${written(setting)}${file.lineEnding}`;
    return { kind: 'edit', uri, edits: [{ start: text.length, end: text.length, text: added }], text: text + added };
  }
  const entry = document.root.get('rules', ruleId);
  const node = entry.type === 'map' ? entry.get('severity') : entry;
  const plan = planEdits(file, [{ op: 'set', node, value: setting }], noValues);
  if (plan.kind === 'refused') return { kind: 'refused', uri, reason: plan.reason };
  return { kind: 'edit', uri, edits: plan.edits, text: applyEdits(text, plan.edits) };
}

/** `on` and `off` unquoted are booleans in YAML 1.1; we read them as words, but other tools may show them otherwise. */
function written(setting: RuleSetting): string {
  return setting === 'on' || setting === 'off' ? `"${setting}"` : setting;
}

const noValues: ValueSource = {
  randomBytes: () => {
    throw new Error('A setting holds no random value');
  },
};
