import { parseArgs } from 'node:util';
import { didYouMean, type ProfileName, parseVersion, profileNames } from '../analysis/index.ts';
import type { KubernetesVersion } from '../kubernetes/index.ts';
import type { Severity } from '../rules/index.ts';

export const reportFormats = ['text', 'json', 'sarif', 'junit', 'github'] as const;
export type ReportFormat = (typeof reportFormats)[number];

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** What is judged by, and how it is told: what both reports can be asked for. */
interface ReportOptions {
  readonly format: ReportFormat;
  readonly profile: ProfileName | undefined;
  readonly configPath: string | undefined;
  readonly failOn: Severity;
  /** undefined: decided by the terminal and the environment. */
  readonly color: boolean | undefined;
  readonly quiet: boolean;
  readonly outputPath: string | undefined;
}

/** Everything `kubeharden check` was asked for. */
export interface CheckOptions extends ReportOptions {
  /** Files and directories as written, or `-` alone for standard input. */
  readonly paths: readonly string[];
  /** The name under which standard input is judged and reported. */
  readonly stdinFilename: string | undefined;
  readonly kubernetesVersion: KubernetesVersion | undefined;
  /** What `--fix` may change; `none` without it. */
  readonly fix: 'none' | 'safe' | 'harden';
  readonly dryRun: boolean;
  readonly baselinePath: string | undefined;
  readonly writeBaselinePath: string | undefined;
}

/** Everything `kubeharden cluster` was asked for. */
export interface ClusterOptions extends ReportOptions {
  /** undefined: the kubeconfig's current one. */
  readonly context: string | undefined;
  /** undefined: all that may be read. */
  readonly namespaces: readonly string[] | undefined;
  readonly kubeconfig: string | undefined;
  /** Findings in what belongs to Kubernetes itself, too. */
  readonly includeSystem: boolean;
  readonly readsSecretMetadata: boolean;
}

export type Command =
  | { readonly kind: 'check'; readonly options: CheckOptions }
  | { readonly kind: 'cluster'; readonly options: ClusterOptions }
  | { readonly kind: 'rules'; readonly format: 'text' | 'json' }
  | { readonly kind: 'explain'; readonly ruleId: string }
  | { readonly kind: 'help'; readonly topic: HelpTopic }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage-error'; readonly message: string };

const commandNames = ['check', 'cluster', 'rules', 'explain'] as const;
export type CommandName = (typeof commandNames)[number];
export type HelpTopic = CommandName | 'overview';

/** Reads the arguments after `kubeharden`. Never throws: what cannot be understood is a `usage-error`. */
export function parseCommandLine(args: readonly string[]): Command {
  const [first, ...rest] = args;
  if (first === undefined || first === '--help' || first === '-h') return { kind: 'help', topic: 'overview' };
  if (first === '--version' || first === '-V' || first === 'version') return { kind: 'version' };
  if (first === 'help') return { kind: 'help', topic: commandNames.find((name) => name === rest[0]) ?? 'overview' };
  const name = commandNames.find((command) => command === first);
  if (name === undefined) return usageError(unknownWord('command', first, commandNames));
  try {
    switch (name) {
      case 'check':
        return parseCheck(rest);
      case 'cluster':
        return parseCluster(rest);
      case 'rules':
        return parseRules(rest);
      case 'explain':
        return parseExplain(rest);
    }
  } catch (error) {
    return usageError(parseProblem(error, name));
  }
}

const reportOptions = {
  format: { type: 'string', short: 'f' },
  profile: { type: 'string', short: 'p' },
  config: { type: 'string', short: 'c' },
  'fail-on': { type: 'string' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  output: { type: 'string', short: 'o' },
} as const;

const checkOptions = {
  'stdin-filename': { type: 'string' },
  'kubernetes-version': { type: 'string' },
  fix: { type: 'boolean' },
  harden: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  ...reportOptions,
  help: { type: 'boolean', short: 'h' },
} as const;

const clusterOptions = {
  context: { type: 'string' },
  namespace: { type: 'string', short: 'n', multiple: true },
  kubeconfig: { type: 'string' },
  system: { type: 'boolean' },
  'secret-metadata': { type: 'boolean' },
  ...reportOptions,
  help: { type: 'boolean', short: 'h' },
} as const;

const listOptions = {
  format: { type: 'string', short: 'f' },
  help: { type: 'boolean', short: 'h' },
} as const;

const explainOptions = { help: { type: 'boolean', short: 'h' } } as const;

const optionsOf = {
  check: checkOptions,
  cluster: clusterOptions,
  rules: listOptions,
  explain: explainOptions,
} as const;

function parseCheck(args: string[]): Command {
  const { values, positionals } = parseArgs({ args, options: checkOptions, allowPositionals: true });
  if (values.help) return { kind: 'help', topic: 'check' };

  const report = readReportOptions(values);
  if (report.problem !== undefined) return usageError(report.problem);
  const writtenVersion = values['kubernetes-version'];
  const kubernetesVersion = writtenVersion === undefined ? undefined : parseVersion(writtenVersion);
  if (writtenVersion !== undefined && kubernetesVersion === undefined) {
    return usageError(`--kubernetes-version takes a minor version such as 1.37, not "${writtenVersion}".`);
  }

  const readsStdin = positionals.includes('-');
  if (readsStdin && positionals.length > 1) {
    return usageError('"-" (standard input) cannot be combined with other paths.');
  }
  if (!readsStdin && values['stdin-filename'] !== undefined) {
    return usageError('--stdin-filename needs "-" as the path.');
  }
  if (values.harden && !values.fix) return usageError('--harden needs --fix.');
  if (values['dry-run'] && !values.fix) return usageError('--dry-run needs --fix.');
  if (values.fix && values['write-baseline'] !== undefined) {
    return usageError('--fix and --write-baseline cannot be combined: fix first, then write the baseline.');
  }

  return {
    kind: 'check',
    options: {
      ...report.value,
      paths: positionals.length === 0 ? ['.'] : positionals,
      stdinFilename: values['stdin-filename'],
      kubernetesVersion,
      fix: values.fix ? (values.harden ? 'harden' : 'safe') : 'none',
      dryRun: values['dry-run'] ?? false,
      baselinePath: values.baseline,
      writeBaselinePath: values['write-baseline'],
    },
  };
}

function parseCluster(args: string[]): Command {
  const { values, positionals } = parseArgs({ args, options: clusterOptions, allowPositionals: true });
  if (values.help) return { kind: 'help', topic: 'cluster' };
  if (positionals[0] !== undefined) {
    return usageError(`"kubeharden cluster" takes no argument; a context is named with --context ${positionals[0]}.`);
  }
  const report = readReportOptions(values);
  if (report.problem !== undefined) return usageError(report.problem);
  return {
    kind: 'cluster',
    options: {
      ...report.value,
      context: values.context,
      namespaces: values.namespace?.flatMap((names) => names.split(',').filter((name) => name !== '')),
      kubeconfig: values.kubeconfig,
      includeSystem: values.system ?? false,
      readsSecretMetadata: values['secret-metadata'] ?? false,
    },
  };
}

/** As `parseArgs` gives what was written of {@link reportOptions}. */
type WrittenReport = ReturnType<typeof parseArgs<{ options: typeof reportOptions }>>['values'];

function readReportOptions(values: WrittenReport): Choice<ReportOptions> {
  const format = oneOf('--format', values.format ?? 'text', reportFormats);
  if (format.problem !== undefined) return format;
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'warning', severities);
  if (failOn.problem !== undefined) return failOn;
  const profile: Choice<ProfileName | undefined> =
    values.profile === undefined ? { value: undefined } : oneOf('--profile', values.profile, profileNames);
  if (profile.problem !== undefined) return profile;
  return {
    value: {
      format: format.value,
      profile: profile.value,
      configPath: values.config,
      failOn: failOn.value,
      color: values['no-color'] ? false : values.color,
      quiet: values.quiet ?? false,
      outputPath: values.output,
    },
  };
}

function parseRules(args: string[]): Command {
  const { values, positionals } = parseArgs({ args, options: listOptions, allowPositionals: true });
  if (values.help) return { kind: 'help', topic: 'rules' };
  if (positionals[0] !== undefined) {
    return usageError(`"kubeharden rules" takes no argument; "kubeharden explain ${positionals[0]}" explains a rule.`);
  }
  const format = oneOf('--format', values.format ?? 'text', ['text', 'json'] as const);
  return format.problem === undefined ? { kind: 'rules', format: format.value } : usageError(format.problem);
}

function parseExplain(args: string[]): Command {
  const { values, positionals } = parseArgs({ args, options: explainOptions, allowPositionals: true });
  if (values.help) return { kind: 'help', topic: 'explain' };
  const [ruleId, ...more] = positionals;
  if (ruleId === undefined || more.length > 0) {
    return usageError('"kubeharden explain" takes one rule, for example "kubeharden explain pod/privileged".');
  }
  return { kind: 'explain', ruleId };
}

function usageError(message: string): Command {
  return { kind: 'usage-error', message };
}

type Choice<T> = { readonly value: T; readonly problem?: undefined } | { readonly problem: string };

function oneOf<T extends string>(option: string, written: string, allowed: readonly T[]): Choice<T> {
  const value = allowed.find((candidate) => candidate === written);
  if (value !== undefined) return { value };
  return { problem: `${option} takes ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}, not "${written}".` };
}

function unknownWord(what: string, written: string, known: readonly string[]): string {
  const suggestion = didYouMean(written, known);
  const hint = suggestion === undefined ? 'Run "kubeharden --help" for a list.' : `Did you mean "${suggestion}"?`;
  return `There is no ${what} "${written}". ${hint}`;
}

/** node:util reports problems as TypeErrors whose text speaks of its own API; say it in the user's terms. */
function parseProblem(error: unknown, command: CommandName): string {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const option = /'(-[^']*)'/.exec(error.message)?.[1] ?? '';
    const known = Object.keys(optionsOf[command]).map((name) => `--${name}`);
    return unknownWord(`option of "${command}"`, option, known);
  }
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    // "Option '-f, --format <value>' argument missing" or "Option '--fix' does not take an argument"
    const option = /--[\w-]+/.exec(error.message)?.[0] ?? 'The option';
    return error.message.includes('does not take') ? `${option} takes no value.` : `${option} needs a value.`;
  }
  throw error;
}
