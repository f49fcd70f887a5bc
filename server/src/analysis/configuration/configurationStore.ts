import type { ManifestFile } from '../../manifest/index.ts';
import { hash } from '../hash.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import type { WorkspaceHost } from '../workspace.ts';
import { type BaselineReading, readBaseline } from './baseline.ts';
import { ConfigurationFiles, type ConfigurationLayer } from './configurationFiles.ts';
import type { ConfigurationProblem } from './configurationReader.ts';
import { configurationFileName, readConfiguration } from './parseConfiguration.ts';
import { folderOfUri, globMatcher, resolveUri } from './pathGlobs.ts';
import { type ConfigurationInputs, resolveConfiguration } from './resolveConfiguration.ts';
import type { FaceSettings, ResolvedConfiguration, RuleEntry } from './resolvedConfiguration.ts';

/** Answers what holds for each file; equal answers are the same object. */
export class ConfigurationStore {
  readonly #host: WorkspaceHost;
  readonly #catalog: RuleCatalog;
  readonly #files: ConfigurationFiles;
  readonly #byUri = new Map<string, ResolvedConfiguration>();
  readonly #byInputs = new Map<string, ResolvedConfiguration>();
  readonly #byHash = new Map<string, ResolvedConfiguration>();
  readonly #matchers = new WeakMap<readonly string[], (uri: string) => boolean>();
  readonly #baselines = new Map<string, BaselineReading>();
  readonly #inputIds = new WeakMap<object, string>();

  constructor(host: WorkspaceHost, catalog: RuleCatalog) {
    this.#host = host;
    this.#catalog = catalog;
    this.#files = new ConfigurationFiles((uri) => host.readText(uri), catalog);
  }

  /** A configuration or baseline file or a setting changed. Answers that stay equal stay the same objects. */
  changed(): void {
    this.#files.lookAgain();
    this.#byUri.clear();
    this.#byInputs.clear();
    this.#baselines.clear();
  }

  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  for(uri: string): ResolvedConfiguration {
    let resolved = this.#byUri.get(uri);
    if (resolved === undefined) {
      resolved = this.#resolve(uri);
      this.#byUri.set(uri, resolved);
    }
    return resolved;
  }

  /** The configuration file that decides for a file, or the one to be created for it; undefined where none can be. */
  configurationFileFor(uri: string): string | undefined {
    const nearest = this.#layersFor(uri, this.#host.settingsFor(uri)).at(-1);
    if (nearest !== undefined) return nearest.uri;
    const folder = this.#host.folderOf(uri);
    return folder === undefined ? undefined : `${folder}/${configurationFileName}`;
  }

  /** What has no effect in a configuration file. */
  problemsOf(uri: string, file: ManifestFile): readonly ConfigurationProblem[] {
    const { problems, extendsNode, baselineNode } = readConfiguration(file, this.#catalog);
    const more: ConfigurationProblem[] = [];
    const layers = this.#files.layersFromFile(uri, this.#host.folderOf(uri));
    if (extendsNode !== undefined && layers.length < 2) {
      more.push({ at: extendsNode.place, message: 'noParent', args: {} });
    }
    const folder = folderOfUri(uri);
    if (baselineNode?.string !== undefined && folder !== undefined) {
      const { problem } = this.#baseline(resolveUri(folder, baselineNode.string));
      const args = { path: baselineNode.string, problem: problem ?? '' };
      if (problem !== undefined) more.push({ at: baselineNode.place, message: 'unreadableBaseline', args });
    }
    return [...problems, ...more];
  }

  #resolve(uri: string): ResolvedConfiguration {
    const settings = this.#host.settingsFor(uri);
    const layers = this.#layersFor(uri, settings);
    const pathRules: ReadonlyMap<string, RuleEntry>[] = [];
    let isExcluded = this.#matches(this.#host.folderOf(uri), settings.exclude ?? [], uri);
    for (const { folder, parsed } of layers) {
      isExcluded ||= this.#matches(folder, parsed.configuration.exclude, uri);
      for (const override of parsed.configuration.overrides) {
        if (this.#matches(folder, override.paths, uri)) pathRules.push(override.rules);
      }
    }
    const baselineUri = settings.baselineFile ?? configuredBaseline(layers);
    const baseline = (baselineUri && this.#baseline(baselineUri).fingerprints) || noFingerprints;
    return this.#intern({ layers, pathRules, settings, isExcluded, baseline });
  }

  #layersFor(uri: string, settings: FaceSettings): readonly ConfigurationLayer[] {
    const top = this.#host.folderOf(uri);
    return settings.configurationFile === undefined
      ? this.#files.layersFor(uri, top)
      : this.#files.layersFromFile(settings.configurationFile, top);
  }

  /** Two steps, so that thousands of files with the same inputs cost one resolution. */
  #intern(inputs: ConfigurationInputs): ResolvedConfiguration {
    const key = [
      ...inputs.layers.map((layer) => this.#idOf(layer.parsed)),
      '|',
      ...inputs.pathRules.map((rules) => this.#idOf(rules)),
      '|',
      hash(JSON.stringify(inputs.settings, (_, value: unknown) => (value instanceof Map ? [...value] : value))),
      inputs.isExcluded,
      this.#idOf(inputs.baseline),
    ].join(' ');
    let resolved = this.#byInputs.get(key);
    if (resolved === undefined) {
      const fresh = resolveConfiguration(inputs, this.#catalog);
      resolved = this.#byHash.get(fresh.hash) ?? fresh;
      this.#byHash.set(fresh.hash, resolved);
      this.#byInputs.set(key, resolved);
    }
    return resolved;
  }

  #idOf(input: object): string {
    let id = this.#inputIds.get(input);
    if (id === undefined) {
      id = String(nextInputId++);
      this.#inputIds.set(input, id);
    }
    return id;
  }

  #matches(folder: string | undefined, patterns: readonly string[], uri: string): boolean {
    if (folder === undefined || patterns.length === 0) return false;
    let matcher = this.#matchers.get(patterns);
    if (matcher === undefined) {
      matcher = globMatcher(folder, patterns);
      this.#matchers.set(patterns, matcher);
    }
    return matcher(uri);
  }

  #baseline(uri: string): BaselineReading {
    let reading = this.#baselines.get(uri);
    if (reading === undefined) {
      const text = this.#host.readText(uri);
      reading = text === undefined ? { problem: 'there is no such file' } : readBaseline(text);
      this.#baselines.set(uri, reading);
    }
    return reading;
  }
}

const noFingerprints: ReadonlySet<string> = new Set();
let nextInputId = 1;

function configuredBaseline(layers: readonly ConfigurationLayer[]): string | undefined {
  const layer = layers.findLast(({ parsed }) => parsed.configuration.baseline !== undefined);
  return layer?.parsed.configuration.baseline === undefined
    ? undefined
    : resolveUri(layer.folder, layer.parsed.configuration.baseline);
}
