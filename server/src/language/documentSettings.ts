import type { FaceSettings, ProfileName, RuleEntry, RuleSetting } from '../analysis/index.ts';
import type { KubernetesVersion } from '../kubernetes/index.ts';

/** The editor's settings for one document, checked. */
export interface DocumentSettings {
  readonly isEnabled: boolean;
  readonly runsOnSave: boolean;
  readonly reportsSyntaxErrors: boolean;
  /** The part that the engine is told. */
  readonly face: FaceSettings;
}

const profiles: readonly ProfileName[] = ['guide', 'restricted', 'all'];
const ruleSettings: readonly RuleSetting[] = ['off', 'on', 'error', 'warning', 'info'];

/** Reads what a client answered for the section `kubeharden`. What is not of the expected type counts as not set. */
export function readDocumentSettings(answer: unknown): DocumentSettings {
  const settings = isRecord(answer) ? answer : {};
  const profile = profiles.find((name) => name === settings.profile);
  const kubernetesVersion = readVersion(settings.kubernetesVersion);
  const maxFileSizeKb = readPositive(settings.maxFileSizeKb);
  const maxProblems = readPositive(settings.maxProblems);
  return {
    isEnabled: settings.enable !== false,
    runsOnSave: settings.run === 'onSave',
    reportsSyntaxErrors: settings.syntaxErrors !== 'off',
    face: {
      ...(profile !== undefined && { profile }),
      ...(kubernetesVersion !== undefined && { kubernetesVersion }),
      ...(isRecord(settings.rules) && { rules: readRules(settings.rules) }),
      ...(Array.isArray(settings.exclude) && { exclude: settings.exclude.filter((glob) => typeof glob === 'string') }),
      ...(maxFileSizeKb !== undefined && { maxFileSizeKb }),
      ...(maxProblems !== undefined && { maxProblems }),
    },
  };
}

function readRules(rules: Readonly<Record<string, unknown>>): ReadonlyMap<string, RuleEntry> {
  const entries = new Map<string, RuleEntry>();
  for (const [id, value] of Object.entries(rules)) {
    const setting = ruleSettings.find((name) => name === value);
    if (setting !== undefined) entries.set(id, { setting });
  }
  return entries;
}

function readVersion(value: unknown): KubernetesVersion | undefined {
  const match = typeof value === 'string' ? /^v?1\.(\d{1,3})(\.|$)/.exec(value.trim()) : null;
  return match === null ? undefined : { minor: Number(match[1]) };
}

function readPositive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
