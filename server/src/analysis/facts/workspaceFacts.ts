import { type Fact, type FactType, findingPlace, type Resource } from '../../kubernetes/index.ts';
import type { ManifestDocument, ManifestFile, ManifestNode } from '../../manifest/index.ts';
import type { FactPlace, RuleFor } from '../../rules/index.ts';
import type { ConfigurationStore } from '../configuration/configurationStore.ts';
import { configurationFileName } from '../configuration/parseConfiguration.ts';
import type { ResolvedConfiguration } from '../configuration/resolvedConfiguration.ts';
import { type CrossFileAnswer, noAnswer } from '../judging/crossFileAnswer.ts';
import { type JudgedFinding, type Location, noArguments, noRelatedPlaces } from '../judging/judgedFinding.ts';
import { tightRange } from '../judging/reportedFinding.ts';
import { type ActiveRule, namespaceRulesOf } from '../judging/ruleIndex.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { type CrossFileFinding, CrossFileJudge } from './crossFileJudge.ts';

/** The files as the facts need them. */
export interface FactSource {
  /** The facts of each document of a file. */
  factsOf(uri: string): readonly (readonly Fact[])[];
  file(uri: string): ManifestFile | undefined;
  /** The resources of a document of {@link file}. */
  resourcesOf(uri: string, document: ManifestDocument): readonly Resource[];
}

/** One workspace folder: a cluster of its own, as far as files can tell. */
interface FolderFacts {
  readonly judge: CrossFileJudge;
  /** Files whose facts are to be read again. */
  readonly due: Set<string>;
  /** The configurations of its files: a rule judges if one of them switches it on. */
  readonly configurations: Set<ResolvedConfiguration>;
  rules: readonly ActiveRule<'namespace'>[];
  /** The rules are those that `configurations` want. */
  rulesAreChosen: boolean;
  isComplete: boolean;
}

/** The facts of all workspace folders and the findings that rules make of them. */
export class WorkspaceFacts {
  readonly #rules: readonly RuleFor<'namespace', string, unknown>[];
  readonly #configurations: ConfigurationStore;
  readonly #source: FactSource;
  readonly #folders = new Map<string, FolderFacts>();
  readonly #folderOf = new Map<string, FolderFacts>();
  /** Findings as last reported, valid for as long as their document and its configuration stay. */
  readonly #reported = new WeakMap<CrossFileFinding, { configuration: ResolvedConfiguration; judged: JudgedFinding }>();

  constructor(catalog: RuleCatalog, configurations: ConfigurationStore, source: FactSource) {
    this.#rules = namespaceRulesOf(catalog.rules);
    this.#configurations = configurations;
    this.#source = source;
  }

  /** A file came or changed; its facts are read when they are needed. */
  due(uri: string, folder: string | undefined): void {
    if (folder === undefined || this.#rules.length === 0) return;
    const facts = this.#folder(folder);
    facts.due.add(uri);
    this.#folderOf.set(uri, facts);
  }

  /** The configuration of a file changed in a way that leaves its facts as they are. */
  keep(uri: string): void {
    const facts = this.#folderOf.get(uri);
    if (facts !== undefined) this.#see(uri, facts);
  }

  remove(uri: string): void {
    const facts = this.#folderOf.get(uri);
    facts?.due.delete(uri);
    facts?.judge.facts.remove(uri);
    this.#folderOf.delete(uri);
  }

  /** Reads the facts of one file now, so that its trees may go. */
  refresh(uri: string): void {
    const facts = this.#folderOf.get(uri);
    if (facts?.due.delete(uri) === true) this.#read(uri, facts);
  }

  configurationChanged(): void {
    for (const facts of this.#folders.values()) {
      facts.configurations.clear();
      facts.rulesAreChosen = false;
    }
  }

  foldersComplete(folders: readonly string[], unseen: ReadonlySet<FactType>): void {
    for (const folder of folders) this.#folder(folder);
    for (const [folder, facts] of this.#folders) {
      facts.isComplete = folders.includes(folder);
      facts.judge.leaveOut(unseen);
    }
  }

  isComplete(folder: string): boolean {
    return this.#folders.get(folder)?.isComplete === true;
  }

  /** Changes whenever the answer for the file may have changed. */
  versionOf(uri: string, folder: string | undefined): number {
    return this.#upToDate(folder)?.judge.versionOf(uri) ?? 0;
  }

  findingsIn(uri: string, folder: string | undefined, configuration: ResolvedConfiguration): CrossFileAnswer {
    const facts = this.#upToDate(folder);
    if (facts === undefined) return noAnswer;
    const findings = facts.judge
      .findingsIn(uri)
      .map((finding) => this.#judged(finding, configuration))
      .filter((finding) => finding !== undefined);
    const madeGood = (ruleId: string, namespace: string) => facts.judge.madeGood(ruleId, namespace);
    return { findings, failures: facts.judge.failures(), madeGood, isComplete: true };
  }

  #folder(folder: string): FolderFacts {
    let facts = this.#folders.get(folder);
    if (facts === undefined) {
      facts = {
        judge: new CrossFileJudge(),
        due: new Set(),
        configurations: new Set(),
        rules: [],
        rulesAreChosen: false,
        isComplete: false,
      };
      this.#folders.set(folder, facts);
    }
    return facts;
  }

  /** The facts of a complete folder with nothing left to read; undefined for any other. */
  #upToDate(folder: string | undefined): FolderFacts | undefined {
    const facts = folder === undefined ? undefined : this.#folders.get(folder);
    if (folder === undefined || facts === undefined || !facts.isComplete || this.#rules.length === 0) return undefined;
    for (const uri of facts.due) this.#read(uri, facts);
    facts.due.clear();
    if (!facts.rulesAreChosen) this.#chooseRules(folder, facts);
    return facts;
  }

  #read(uri: string, facts: FolderFacts): void {
    this.#see(uri, facts);
    facts.judge.facts.set(uri, this.#source.factsOf(uri));
  }

  #see(uri: string, facts: FolderFacts): void {
    const configuration = this.#configurations.for(uri);
    if (facts.configurations.has(configuration)) return;
    facts.configurations.add(configuration);
    facts.rulesAreChosen = false;
  }

  /** Rules that any file of the folder wants, with the options that hold for the folder itself. */
  #chooseRules(folder: string, facts: FolderFacts): void {
    const ofFolder = this.#configurations.for(`${folder}/${configurationFileName}`);
    const wanted = this.#rules.filter(({ id }) =>
      [...facts.configurations].some((one) => one.severityOf(id) !== undefined),
    );
    const rules = wanted.map((rule) => ({
      rule,
      context: {
        version: ofFolder.version,
        options: ofFolder.optionsOf(rule.id),
        podTemplates: ofFolder.podTemplates,
      },
      severity: rule.severity,
      severityIsChosen: false,
    }));
    const isSame =
      rules.length === facts.rules.length &&
      rules.every(({ rule, context }, index) => {
        const before = facts.rules[index];
        return rule === before?.rule && JSON.stringify(context) === JSON.stringify(before.context);
      });
    facts.rulesAreChosen = true;
    if (isSame) return;
    facts.rules = rules;
    facts.judge.useRules(rules);
  }

  /** The finding at its place in the file as it is now; the file's own configuration decides whether and how it shows. */
  #judged(finding: CrossFileFinding, configuration: ResolvedConfiguration): JudgedFinding | undefined {
    const { active, reported } = finding;
    const { filed } = reported.at;
    const before = this.#reported.get(finding);
    const document = this.#source.file(filed.uri)?.documents[filed.documentIndex];
    if (before?.configuration === configuration && before.judged.document === document) return before.judged;
    const severity = configuration.severityOf(active.rule.id);
    const target = severity && this.#resolve(reported.at);
    if (severity === undefined || target === undefined) return undefined;
    const judged: JudgedFinding = {
      description: active.rule,
      severity: configuration.hasChosenSeverity(active.rule.id) ? severity : (reported.severity ?? severity),
      document: target.node.document,
      place: findingPlace(target.node),
      resource: target.resource,
      messageKey: reported.message,
      args: reported.args ?? noArguments,
      fixes: reported.fixes && (() => reported.fixes?.(target.node) ?? []),
      related:
        reported.related?.map(({ at, message }) => ({
          kind: 'elsewhere' as const,
          locate: () => this.#locate(at),
          message,
        })) ?? noRelatedPlaces,
    };
    this.#reported.set(finding, { configuration, judged });
    return judged;
  }

  #resolve({ filed, path }: FactPlace): { readonly node: ManifestNode; readonly resource: Resource } | undefined {
    const document = this.#source.file(filed.uri)?.documents[filed.documentIndex];
    if (document === undefined) return undefined;
    const resources = this.#source.resourcesOf(filed.uri, document);
    const resource = resources.find(({ node }) => samePath(node.path, filed.fact.path));
    return resource && { node: resource.node.get(...path), resource };
  }

  #locate(at: FactPlace): Location | undefined {
    const file = this.#source.file(at.filed.uri);
    const target = this.#resolve(at);
    if (file === undefined || target === undefined) return undefined;
    return { uri: at.filed.uri, range: tightRange(file, findingPlace(target.node)) };
  }
}

function samePath(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
