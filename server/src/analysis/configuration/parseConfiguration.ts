import type { KubernetesVersion } from '../../kubernetes/index.ts';
import { type ManifestFile, type ManifestNode, type Place, parseManifest } from '../../manifest/index.ts';
import type { Settable } from '../descriptions.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { type ConfigurationProblem, ConfigurationReader, renameKey, tightPlace } from './configurationReader.ts';
import { schemaMismatch } from './jsonSchema.ts';
import type { Configuration, ProfileName, RuleEntry, RuleSetting } from './resolvedConfiguration.ts';

export const configurationFileName = '.kubeharden.yaml';
export const profileNames: readonly ProfileName[] = ['guide', 'restricted', 'all'];
export const ruleSettings: readonly RuleSetting[] = ['off', 'on', 'error', 'warning', 'info'];

export interface ParsedConfiguration {
  /** What could be read; a setting with a problem is left out. */
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
  /** Where other files are named, for a problem with them. */
  readonly extendsNode: ManifestNode | undefined;
  readonly baselineNode: ManifestNode | undefined;
}

/** Reads the text of a `.kubeharden.yaml`. */
export function parseConfiguration(text: string, catalog: RuleCatalog): ParsedConfiguration {
  return readConfiguration(parseManifest(text, { form: 'plain' }), catalog);
}

/** Reads a `.kubeharden.yaml`, as much of it as can be read. */
export function readConfiguration(file: ManifestFile, catalog: RuleCatalog): ParsedConfiguration {
  const reader = new ConfigurationReader();
  const [document, ...more] = file.documents.filter((candidate) => !candidate.isEmpty);
  if (document === undefined) {
    return { configuration: emptyConfiguration, problems: [], extendsNode: undefined, baselineNode: undefined };
  }
  for (const { message, start, end } of document.problems) {
    reader.report({ document, path: [], range: { start, end } }, 'syntax', { problem: message });
  }
  for (const extra of more) reader.report(startOf(extra.root), 'moreDocuments', {});

  const root = document.root;
  if (root.type !== 'map') {
    if (document.problems.length === 0) reader.report(root.place, 'notAMap', {});
    const { problems } = reader;
    return { configuration: emptyConfiguration, problems, extendsNode: undefined, baselineNode: undefined };
  }
  const configuration = readRoot(root, reader, catalog);
  return {
    configuration,
    problems: reader.problems,
    extendsNode: configuration.extendsParent ? root.get('extends') : undefined,
    baselineNode: configuration.baseline === undefined ? undefined : root.get('baseline'),
  };
}

function startOf(root: ManifestNode): Place {
  return root.entries()[0]?.value.keyPlace ?? root.place;
}

const rootKeys = [
  '$schema',
  'extends',
  'profile',
  'kubernetesVersion',
  'rules',
  'exclude',
  'overrides',
  'podTemplates',
  'baseline',
] as const;

const emptyConfiguration: Configuration = {
  extendsParent: false,
  rules: new Map(),
  exclude: [],
  overrides: [],
  podTemplates: [],
};

function readRoot(root: ManifestNode, reader: ConfigurationReader, catalog: RuleCatalog): Configuration {
  reader.onlyKeys(root, rootKeys);
  const profile = reader.choice(root.get('profile'), profileNames, 'guide, restricted or all');
  const kubernetesVersion = readVersion(root.get('kubernetesVersion'), reader);
  const baseline = reader.string(root.get('baseline'));
  return {
    extendsParent: reader.choice(root.get('extends'), ['parent'], '"parent"') !== undefined,
    ...(profile && { profile }),
    ...(kubernetesVersion && { kubernetesVersion }),
    rules: readRules(root.get('rules'), reader, catalog),
    exclude: reader.strings(root.get('exclude')),
    overrides: reader.maps(root.get('overrides')).map((override) => {
      reader.onlyKeys(override, ['paths', 'rules', 'reason']);
      return {
        paths: reader.strings(override.get('paths')),
        rules: readRules(override.get('rules'), reader, catalog),
        reason: reader.string(override.get('reason')) ?? '',
      };
    }),
    podTemplates: reader.maps(root.get('podTemplates')).flatMap((template) => readPodTemplate(template, reader)),
    ...(baseline !== undefined && { baseline }),
  };
}

/** `"1.37"`, `v1.37` or `1.37.2`. */
export function parseVersion(text: string): KubernetesVersion | undefined {
  const match = /^v?1\.(\d{1,3})(\.\d+)?$/.exec(text.trim());
  return match ? { minor: Number(match[1]) } : undefined;
}

function readVersion(node: ManifestNode, reader: ConfigurationReader): KubernetesVersion | undefined {
  if (node.number !== undefined) {
    reader.report(node.place, 'unquotedVersion', {});
    return undefined;
  }
  const text = reader.string(node);
  if (text === undefined) return undefined;
  return parseVersion(text) ?? reader.expected(node, 'a version like "1.37"');
}

function readPodTemplate(node: ManifestNode, reader: ConfigurationReader): Configuration['podTemplates'] {
  reader.onlyKeys(node, ['kind', 'path']);
  const kind = reader.string(node.get('kind'));
  const path = reader.string(node.get('path'));
  if (kind === undefined || path === undefined) {
    if (node.get('kind').isMissing || node.get('path').isMissing)
      reader.expected(node, 'entries with "kind" and "path"');
    return [];
  }
  return [{ kind, path: path.replace(/^\./, '').split('.') }];
}

function readRules(
  node: ManifestNode,
  reader: ConfigurationReader,
  catalog: RuleCatalog,
): ReadonlyMap<string, RuleEntry> {
  const entries = new Map<string, RuleEntry>();
  if (!reader.isMap(node)) return entries;
  for (const { key: rule, value } of node.entries()) {
    const description = catalog.settable.get(rule);
    if (description === undefined) {
      const guess = catalog.guessSettable(rule);
      if (guess === undefined) reader.report(value.keyPlace, 'unknownRule', { rule });
      else reader.report(value.keyPlace, 'unknownRuleGuess', { rule, guess }, () => [renameKey(value, guess)]);
      continue;
    }
    entries.set(rule, readRuleEntry(value, description, reader));
  }
  return entries;
}

const settingPhrase = 'off, on, error, warning or info';

function readRuleEntry(node: ManifestNode, description: Settable, reader: ConfigurationReader): RuleEntry {
  if (node.type !== 'map') {
    const setting = reader.choice(node, ruleSettings, `${settingPhrase}, or a map with "severity" and "options"`);
    return setting === undefined ? {} : { setting };
  }
  reader.onlyKeys(node, ['severity', 'options']);
  const setting = reader.choice(node.get('severity'), ruleSettings, settingPhrase);
  const options = readOptions(node.get('options'), description, reader);
  return { ...(setting && { setting }), ...(options !== undefined && { options }) };
}

function readOptions(node: ManifestNode, description: Settable, reader: ConfigurationReader): unknown {
  if (node.isMissing) return undefined;
  if (description.options === undefined) {
    reader.report(node.keyPlace, 'noOptions', { rule: description.id });
    return undefined;
  }
  const options = node.toJson();
  const mismatch = schemaMismatch(options, description.options.schema);
  if (mismatch === undefined) return options;
  const option = mismatch.path.length === 0 ? 'options' : mismatch.path.join('.');
  const { expected } = mismatch;
  reader.report(tightPlace(node.get(...mismatch.path)), 'invalidOption', { option, rule: description.id, expected });
  return undefined;
}
