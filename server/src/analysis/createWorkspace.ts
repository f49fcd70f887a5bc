import { type DeclarationHints, type FactType, isHelmValuesFile } from '../kubernetes/index.ts';
import {
  type ManifestDocument,
  type ManifestFile,
  objectFile,
  parseManifest,
  type TextChange,
  type ValueSource,
} from '../manifest/index.ts';
import type { Fix, Rule } from '../rules/index.ts';
import { rules as registeredRules } from '../rules/index.ts';
import { ConfigurationStore } from './configuration/configurationStore.ts';
import { configurationFileName } from './configuration/parseConfiguration.ts';
import { planSeverity, type SeverityPlan } from './configuration/planSeverity.ts';
import type { ResolvedConfiguration, RuleSetting } from './configuration/resolvedConfiguration.ts';
import {
  DeclarationIndex,
  type DeclarationMatch,
  type FileDeclarations,
  type LiveIdentity,
} from './declarations/declarationIndex.ts';
import { WorkspaceFacts } from './facts/workspaceFacts.ts';
import type { FileFindings, Finding } from './finding.ts';
import { fixAll } from './fixing/fixAll.ts';
import { planFix } from './fixing/planFix.ts';
import { assembleFile } from './judging/assembleFile.ts';
import { configurationFindings } from './judging/configurationFindings.ts';
import { noAnswer } from './judging/crossFileAnswer.ts';
import { DocumentAnalyses, type DocumentAnalysis, type DocumentUse } from './judging/documentAnalysis.ts';
import { isKustomization, KustomizePatches } from './kustomizePatches.ts';
import { RuleCatalog } from './ruleCatalog.ts';
import { planSuppression, type SuppressionTarget } from './suppression/planSuppression.ts';
import { TrivyIgnore } from './suppression/trivyIgnore.ts';
import type { FixAllRequest, FixAllResult, FixPlan, Workspace, WorkspaceHost } from './workspace.ts';

/** An empty workspace that judges by the given rules. */
export function createWorkspace(host: WorkspaceHost, rules: readonly Rule[] = registeredRules): Workspace {
  return new EngineWorkspace(host, rules);
}

const nothingUnseen: ReadonlySet<FactType> = new Set();

/** A file that was given to the workspace. */
interface KnownFile {
  /** undefined once settled; it is read again when asked for. */
  file: ManifestFile | undefined;
  readonly folder: string | undefined;
  /** What its facts were read with, once it was settled. */
  settled: SettledFile | undefined;
}

interface SettledFile {
  readonly configuration: ResolvedConfiguration;
  readonly use: DocumentUse;
  readonly isListed: boolean;
  readonly declarations: FileDeclarations;
}

class EngineWorkspace implements Workspace {
  readonly #host: WorkspaceHost;
  readonly #files = new Map<string, KnownFile>();
  readonly #configurations: ConfigurationStore;
  readonly #patches: KustomizePatches;
  readonly #trivyIgnore: TrivyIgnore;
  readonly #analyses: DocumentAnalyses;
  readonly #facts: WorkspaceFacts;
  readonly #readText: (uri: string) => string | undefined;
  /** Made when it is asked for, of the files as they are then. */
  #declarations: DeclarationIndex | undefined;

  constructor(host: WorkspaceHost, rules: readonly Rule[]) {
    const catalog = new RuleCatalog(rules);
    // A file that is open in an editor is as the editor has it.
    const readText = (uri: string) => this.#files.get(uri)?.file?.text ?? host.readText(uri);
    this.#host = host;
    this.#readText = readText;
    this.#configurations = new ConfigurationStore({ ...bound(host), readText }, catalog);
    this.#patches = new KustomizePatches((uri) => this.#readKustomization(uri));
    this.#trivyIgnore = new TrivyIgnore(readText, catalog);
    this.#analyses = new DocumentAnalyses(catalog);
    this.#facts = new WorkspaceFacts(catalog, this.#configurations, {
      factsOf: (uri) => this.#factsOf(uri),
      file: (uri) => this.file(uri),
      resourcesOf: (uri, document) => this.#analysisOf(uri, document).subjects.map(({ resource }) => resource),
    });
  }

  setText(uri: string, text: string): void {
    const known = this.#files.get(uri);
    if (known?.file !== undefined) {
      if (known.file.text !== text) this.change(uri, [changeBetween(known.file.text, text)]);
      return;
    }
    this.#set(uri, this.#parse(uri, text));
  }

  setObject(uri: string, object: unknown): void {
    this.#set(uri, objectFile(object));
  }

  change(uri: string, changes: readonly TextChange[]): void {
    const file = this.file(uri);
    if (file === undefined) throw new Error(`Unknown file ${uri}`);
    this.#set(uri, file.edit(changes));
  }

  #set(uri: string, file: ManifestFile): void {
    const folder = this.#files.get(uri)?.folder ?? this.#host.folderOf(uri);
    this.#files.set(uri, { file, folder, settled: undefined });
    this.#changed(uri, folder);
  }

  remove(uri: string): void {
    const known = this.#files.get(uri);
    if (known === undefined) return;
    this.#files.delete(uri);
    this.#configurations.forget(uri);
    this.#changed(uri, known.folder);
    this.#facts.remove(uri);
  }

  #changed(uri: string, folder: string | undefined): void {
    this.#declarations = undefined;
    this.#facts.due(uri, folder);
    if (!isKustomization(uri)) return;
    this.#patches.lookAgain();
    for (const [other, known] of this.#files) this.#checkFacts(other, known);
  }

  /** The configuration or a kustomization changed: read facts again, of a settled file only if that can matter. */
  #checkFacts(uri: string, known: KnownFile): void {
    const { file, settled, folder } = known;
    const configuration = this.configurationFor(uri);
    const isUnchanged =
      file === undefined &&
      settled !== undefined &&
      settled.use === this.#useOf(uri, folder) &&
      settled.configuration.isExcluded === configuration.isExcluded &&
      JSON.stringify(settled.configuration.podTemplates) === JSON.stringify(configuration.podTemplates);
    if (isUnchanged) this.#facts.keep(uri);
    else this.#facts.due(uri, folder);
  }

  settle(uri: string): void {
    const known = this.#files.get(uri);
    if (known?.file === undefined) return;
    this.#facts.refresh(uri);
    const use = this.#useOf(uri, known.folder);
    known.settled = {
      configuration: this.configurationFor(uri),
      use,
      isListed: this.#isListed(uri, known.file),
      declarations: this.#declarationsIn(uri, known.file),
    };
    known.file = undefined;
  }

  file(uri: string): ManifestFile | undefined {
    const known = this.#files.get(uri);
    if (known !== undefined) known.file ??= this.#read(uri);
    return known?.file;
  }

  #read(uri: string): ManifestFile | undefined {
    const text = this.#host.readText(uri);
    return text === undefined ? undefined : this.#parse(uri, text);
  }

  #parse(uri: string, text: string): ManifestFile {
    const maxBytes = this.configurationFor(uri).maxFileSizeKb * 1024;
    return parseManifest(text, { maxBytes, form: this.#isConfigurationFile(uri) ? 'plain' : 'auto' });
  }

  isPatch(uri: string): boolean {
    return this.#useOf(uri, this.#files.get(uri)?.folder) === 'patch';
  }

  configurationFor(uri: string): ResolvedConfiguration {
    return this.#configurations.for(uri);
  }

  configurationFileFor(uri: string): string | undefined {
    return this.#configurations.configurationFileFor(uri);
  }

  configurationChanged(): void {
    this.#configurations.changed();
    this.#patches.lookAgain();
    this.#trivyIgnore.lookAgain();
    this.#declarations = undefined;
    this.#facts.configurationChanged();
    for (const [uri, known] of this.#files) this.#checkFacts(uri, known);
  }

  foldersComplete(folders: readonly string[], unseen: ReadonlySet<FactType> = nothingUnseen): void {
    this.#facts.foldersComplete(folders, unseen);
    this.#patches.lookAgain();
  }

  readFacts(uri: string): void {
    this.#facts.refresh(uri);
  }

  findings(uri: string): FileFindings {
    const known = this.#files.get(uri);
    const file = this.file(uri);
    if (known === undefined || file === undefined) return withoutFindings(uri);
    const configuration = this.configurationFor(uri);
    if (configuration.isExcluded) return withoutFindings(uri);
    if (this.#isConfigurationFile(uri)) return this.#validate(uri, file, configuration);
    const today = this.#host.today();
    return assembleFile({
      uri,
      file,
      configuration,
      use: this.#useOf(uri, known.folder),
      analyses: this.#analyses,
      today,
      acrossFiles: this.#facts.findingsIn(uri, known.folder, configuration),
      ignoredByPeer: this.#trivyIgnore.suppressionsFor(known.folder, file, today),
    });
  }

  #validate(uri: string, file: ManifestFile, configuration: ResolvedConfiguration): FileFindings {
    const problems = this.#configurations.problemsOf(uri, file);
    return { ...withoutFindings(uri), findings: configurationFindings(uri, file, problems, configuration) };
  }

  #isConfigurationFile(uri: string): boolean {
    return uri.endsWith(`/${configurationFileName}`) || this.#host.settingsFor(uri).configurationFile === uri;
  }

  /** Facts of a file's documents; none of a file that is not judged. A settled file stays settled. */
  #factsOf(uri: string) {
    const file = this.#files.get(uri)?.file ?? this.#read(uri);
    return file === undefined ? [] : this.#analysesOf(uri, file).map((analysis) => analysis.facts);
  }

  #analysesOf(uri: string, file: ManifestFile): readonly DocumentAnalysis[] {
    const configuration = this.configurationFor(uri);
    if (configuration.isExcluded || this.#isConfigurationFile(uri) || file.notChecked !== undefined) return [];
    const use = this.#useOf(uri, this.#files.get(uri)?.folder);
    return file.documents.map((document) => this.#analyses.of(document, use, configuration));
  }

  #analysisOf(uri: string, document: ManifestDocument): DocumentAnalysis {
    const use = this.#useOf(uri, this.#files.get(uri)?.folder);
    return this.#analyses.of(document, use, this.configurationFor(uri));
  }

  #useOf(uri: string, folder: string | undefined): DocumentUse {
    if (this.#patches.isPatch(uri, folder)) return 'patch';
    return isHelmValuesFile(uri) ? 'helmValues' : 'whole';
  }

  #isListed(uri: string, file: ManifestFile): boolean {
    if (this.#isConfigurationFile(uri)) return this.findings(uri).findings.length > 0;
    return this.#analysesOf(uri, file).some(({ isOfInterest }) => isOfInterest);
  }

  /** In a folder whose files are all in there is no need to ask for others. */
  #readKustomization(uri: string): string | undefined {
    if (this.#files.has(uri)) return this.file(uri)?.text;
    const folder = this.#host.folderOf(uri);
    return folder !== undefined && this.#facts.isComplete(folder) ? undefined : this.#host.readText(uri);
  }

  uris(): readonly string[] {
    const listed: string[] = [];
    for (const [uri, { file, settled }] of this.#files) {
      if (file === undefined ? settled?.isListed : this.#isListed(uri, file)) listed.push(uri);
    }
    return listed;
  }

  findDeclarations(object: LiveIdentity, hints?: DeclarationHints): readonly DeclarationMatch[] {
    this.#declarations ??= new DeclarationIndex(this.#allDeclarations(), this.#readText);
    return this.#declarations.find(object, hints);
  }

  #allDeclarations(): ReadonlyMap<string, FileDeclarations> {
    const all = new Map<string, FileDeclarations>();
    for (const [uri, { file, settled }] of this.#files) {
      const declarations = file === undefined ? settled?.declarations : this.#declarationsIn(uri, file);
      if (declarations !== undefined && declarations.documents.length > 0) all.set(uri, declarations);
    }
    return all;
  }

  #declarationsIn(uri: string, file: ManifestFile): FileDeclarations {
    return { documents: this.#analysesOf(uri, file).map(({ declarations }) => declarations) };
  }

  factsVersion(uri: string): number {
    return this.#facts.versionOf(uri, this.#files.get(uri)?.folder);
  }

  planFix(uri: string, fix: Fix, values: ValueSource): FixPlan {
    const file = this.file(uri);
    if (file === undefined) return { kind: 'refused', reason: 'The file is not known.' };
    return planFix(file, fix, values);
  }

  planSuppression(finding: Finding, target: SuppressionTarget, reason: string): FixPlan {
    const file = this.file(finding.uri);
    if (file === undefined) return { kind: 'refused', reason: 'The file is not known.' };
    return planSuppression(file, finding, target, reason);
  }

  planSeverity(uri: string, ruleId: string, setting: RuleSetting): SeverityPlan | undefined {
    const configurationUri = this.configurationFileFor(uri);
    if (configurationUri === undefined) return undefined;
    const text = this.#files.get(configurationUri)?.file?.text ?? this.#host.readText(configurationUri);
    return planSeverity(configurationUri, text, ruleId, setting);
  }

  fixAll(uri: string, request: FixAllRequest, values: ValueSource): FixAllResult {
    const known = this.#files.get(uri);
    const file = this.file(uri);
    if (known === undefined || file === undefined) return { text: '', edits: [], applied: [], refused: [] };
    const configuration = this.configurationFor(uri);
    if (configuration.isExcluded || this.#isConfigurationFile(uri)) {
      return { text: file.text, edits: [], applied: [], refused: [] };
    }
    const today = this.#host.today();
    const use = this.#useOf(uri, known.folder);
    const judge = (version: ManifestFile) =>
      assembleFile({
        uri,
        file: version,
        configuration,
        use,
        analyses: this.#analyses,
        today,
        // Nothing across files is fixed in bulk, and what is there cannot be told from an unfinished text.
        acrossFiles: noAnswer,
        ignoredByPeer: this.#trivyIgnore.suppressionsFor(known.folder, version, today),
      }).findings;
    return fixAll(file, judge, request, values);
  }
}

function withoutFindings(uri: string): FileFindings {
  return { uri, findings: [], suppressed: [], notChecked: [], resourceCount: 0, isManifest: false };
}

/** A host whose methods may be taken apart. */
function bound(host: WorkspaceHost): WorkspaceHost {
  return {
    readText: (uri) => host.readText(uri),
    settingsFor: (uri) => host.settingsFor(uri),
    folderOf: (uri) => host.folderOf(uri),
    today: () => host.today(),
  };
}

/** The one change that turns a text into another, without what both have in common at either end. */
function changeBetween(before: string, after: string): TextChange {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let common = 0;
  while (
    common < shortest - start &&
    before.charCodeAt(before.length - 1 - common) === after.charCodeAt(after.length - 1 - common)
  ) {
    common++;
  }
  return { start, end: before.length - common, text: after.slice(start, after.length - common) };
}
