import { newestVersion } from '../../kubernetes/index.ts';
import type { Profile, Severity } from '../../rules/index.ts';
import type { Settable } from '../descriptions.ts';
import { hash } from '../hash.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import type { ConfigurationLayer } from './configurationFiles.ts';
import type { FaceSettings, ProfileName, ResolvedConfiguration, RuleEntry } from './resolvedConfiguration.ts';

const defaultMaxFileSizeKb = 5 * 1024;
const defaultMaxProblems = 1000;

interface ResolvedRule {
  readonly severity: Severity | undefined;
  readonly isChosen: boolean;
  readonly isOff: boolean;
  readonly options: unknown;
}

/** Everything that decides what holds for a file. */
export interface ConfigurationInputs {
  /** Strongest last. */
  readonly layers: readonly ConfigurationLayer[];
  /** Rules of the `overrides` whose paths the file matches, strongest last. */
  readonly pathRules: readonly ReadonlyMap<string, RuleEntry>[];
  readonly settings: FaceSettings;
  readonly isExcluded: boolean;
  readonly baseline: ReadonlySet<string>;
}

/**
 * What holds for a file, by precedence: forced settings, then `.kubeharden.yaml` (its `overrides` before its `rules`),
 * then the settings of the face, then the profile.
 */
export function resolveConfiguration(inputs: ConfigurationInputs, catalog: RuleCatalog): ResolvedConfiguration {
  const { layers, settings, isExcluded, baseline } = inputs;
  const configurations = layers.map((layer) => layer.parsed.configuration);
  const profile =
    settings.forced?.profile ??
    configurations.findLast((configuration) => configuration.profile)?.profile ??
    settings.profile ??
    'guide';
  const version =
    settings.forced?.kubernetesVersion ??
    configurations.findLast((configuration) => configuration.kubernetesVersion)?.kubernetesVersion ??
    settings.kubernetesVersion ??
    newestVersion;
  const podTemplates = configurations.flatMap((configuration) => configuration.podTemplates);
  const maxFileSizeKb = settings.maxFileSizeKb ?? defaultMaxFileSizeKb;
  const maxProblems = settings.maxProblems ?? defaultMaxProblems;

  const weakestFirst = [
    settings.rules,
    ...configurations.map((configuration) => configuration.rules),
    ...inputs.pathRules,
    settings.forced?.rules,
  ].filter((rules) => rules !== undefined);
  const rules = new Map<string, ResolvedRule>();
  for (const description of catalog.settable.values()) {
    rules.set(description.id, resolveRule(description, profile, weakestFirst));
  }

  return {
    profile,
    version,
    isExcluded,
    maxFileSizeKb,
    maxProblems,
    severityOf: (ruleId) => rules.get(ruleId)?.severity,
    hasChosenSeverity: (ruleId) => rules.get(ruleId)?.isChosen === true,
    isSwitchedOff: (ruleId) => rules.get(ruleId)?.isOff === true,
    optionsOf: (ruleId) => rules.get(ruleId)?.options,
    podTemplates,
    baseline,
    hash: hash(
      JSON.stringify([
        profile,
        version.minor,
        isExcluded,
        maxFileSizeKb,
        maxProblems,
        podTemplates,
        [...rules],
        [...baseline],
      ]),
    ),
  };
}

function resolveRule(
  description: Settable,
  profile: ProfileName,
  weakestFirst: readonly ReadonlyMap<string, RuleEntry>[],
): ResolvedRule {
  let severity = isInProfile(description.profile, profile) ? description.severity : undefined;
  let isChosen = false;
  let isOff = false;
  let options: unknown;
  for (const rules of weakestFirst) {
    const entry = rules.get(description.id);
    if (entry === undefined) continue;
    if (entry.options !== undefined) options = entry.options;
    if (entry.setting !== undefined) isOff = entry.setting === 'off';
    switch (entry.setting) {
      case undefined:
        break;
      case 'off':
        severity = undefined;
        isChosen = false;
        break;
      case 'on':
        severity = description.severity;
        isChosen = false;
        break;
      case 'error':
      case 'warning':
      case 'info':
        severity = entry.setting;
        isChosen = true;
        break;
      default:
        throw new Error(`Unknown rule setting ${entry.setting satisfies never}`);
    }
  }
  return { severity, isChosen, isOff, options: withDefaults(options, description.options?.default) };
}

const profileRank: Readonly<Record<Profile, number>> = { guide: 0, restricted: 1, all: 2, off: 3 };

function isInProfile(ruleProfile: Profile, chosen: ProfileName): boolean {
  return profileRank[ruleProfile] <= profileRank[chosen];
}

/** Options that are maps need to name only what differs from the default. */
function withDefaults(options: unknown, defaults: unknown): unknown {
  if (options === undefined) return defaults;
  return isMap(options) && isMap(defaults) ? { ...defaults, ...options } : options;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
