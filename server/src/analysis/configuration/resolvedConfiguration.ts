import type { KubernetesVersion } from '../../kubernetes/index.ts';
import type { Severity } from '../../rules/index.ts';

export type ProfileName = 'guide' | 'restricted' | 'all';

/** A severity, `'off'`, or `'on'` (the rule's own severity, whatever the profile). */
export type RuleSetting = Severity | 'off' | 'on';

/**
 * `.kubeharden.yaml` after parsing:
 *
 * ```yaml
 * extends: parent                # also take the settings of the next `.kubeharden.yaml` above; absent: this file alone
 * profile: restricted            # guide (default), restricted, all
 * kubernetesVersion: "1.37"
 * rules:
 *   pod/host-path: off           # off, on, error, warning, info
 *   image/latest-tag:            # or with options
 *     severity: error
 *     options: {...}
 * exclude: ["vendor/**"]         # globs below this file's folder; not judged at all
 * overrides:                     # later ones win
 *   - paths: ["dev/**"]
 *     rules: {pod/privileged: info}
 *     reason: development cluster
 * podTemplates:                  # more kinds that carry a pod template
 *   - kind: Rollout.argoproj.io
 *     path: spec.template
 * baseline: .kubeharden-baseline.json
 * ```
 */
export interface Configuration {
  /** The next configuration file above counts too, weaker than this one. */
  readonly extendsParent: boolean;
  readonly profile?: ProfileName;
  readonly kubernetesVersion?: KubernetesVersion;
  readonly rules: ReadonlyMap<string, RuleEntry>;
  readonly exclude: readonly string[];
  readonly overrides: readonly {
    readonly paths: readonly string[];
    readonly rules: ReadonlyMap<string, RuleEntry>;
    readonly reason: string;
  }[];
  readonly podTemplates: readonly { readonly kind: string; readonly path: readonly string[] }[];
  readonly baseline?: string;
}

export interface RuleEntry {
  readonly setting?: RuleSetting;
  readonly options?: unknown;
}

/** The editor's or command line's own wishes; weaker than `.kubeharden.yaml`. Flags of the command line are `forced`. */
export interface FaceSettings {
  readonly profile?: ProfileName;
  readonly kubernetesVersion?: KubernetesVersion;
  readonly rules?: ReadonlyMap<string, RuleEntry>;
  readonly exclude?: readonly string[];
  readonly maxFileSizeKb?: number;
  readonly maxProblems?: number;
  /** Flags of the command line: stronger than `.kubeharden.yaml`. */
  readonly forced?: {
    readonly profile?: ProfileName;
    readonly kubernetesVersion?: KubernetesVersion;
    readonly rules?: ReadonlyMap<string, RuleEntry>;
  };
  /** URI of a configuration file to be used in place of the nearest one. */
  readonly configurationFile?: string;
  /** URI of a baseline file to be used in place of the configured one. */
  readonly baselineFile?: string;
}

/** What holds for one file. Equal inputs give the same object, so it may key caches. */
export interface ResolvedConfiguration {
  readonly profile: ProfileName;
  readonly version: KubernetesVersion;
  readonly isExcluded: boolean;
  readonly maxFileSizeKb: number;
  readonly maxProblems: number;
  /** undefined: the rule does not run. */
  severityOf(ruleId: string): Severity | undefined;
  /** Somebody chose the severity, so that a rule's different severity for a case does not count. */
  hasChosenSeverity(ruleId: string): boolean;
  /** Somebody said `off`; a rule that only the profile leaves out is not. A check of a cluster asks for no profile. */
  isSwitchedOff(ruleId: string): boolean;
  optionsOf(ruleId: string): unknown;
  readonly podTemplates: Configuration['podTemplates'];
  /** Fingerprints of the baseline file. */
  readonly baseline: ReadonlySet<string>;
  /** Hash of everything above, for result ids. */
  readonly hash: string;
}
