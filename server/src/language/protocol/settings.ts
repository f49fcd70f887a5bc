/** The section that the server asks for with `workspace/configuration`, once per document (`scopeUri`). */
export const settingsSection = 'kubeharden';

/**
 * The settings of one document as the editor answers them. All optional; a value of a wrong type is ignored. The team's
 * `.kubeharden.yaml` is stronger than these.
 */
export interface Settings {
  /** False: the document gets no findings. Default true. */
  readonly enable?: boolean;
  /**
   * When to judge. A client that pulls decides itself when it asks; for one that cannot pull, the server obeys this.
   * Default `onType`.
   */
  readonly run?: 'onType' | 'onSave';
  readonly profile?: 'guide' | 'restricted' | 'all';
  /** `1.37`; '' means the newest supported one. */
  readonly kubernetesVersion?: string;
  /** From rule id to `off`, `on`, `error`, `warning` or `info`. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Globs below the workspace folder; what matches is not judged at all. */
  readonly exclude?: readonly string[];
  readonly maxFileSizeKb?: number;
  readonly maxProblems?: number;
  /** Whether YAML syntax errors are reported; the client answers `off` while another extension reports them. */
  readonly syntaxErrors?: 'on' | 'off';
}
