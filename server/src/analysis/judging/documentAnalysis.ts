import type { Component, Fact, Pipeline } from '../../kubernetes/index.ts';
import {
  declarationOf,
  deploymentSourceOf,
  factsOf,
  helmValuesOf,
  mayBeBareKustomization,
  readResources,
} from '../../kubernetes/index.ts';
import type { ManifestDocument, SyntaxProblem } from '../../manifest/index.ts';
import type { ResolvedConfiguration } from '../configuration/resolvedConfiguration.ts';
import type { DocumentDeclarations } from '../declarations/declarationIndex.ts';
import { engineRules } from '../engineRules.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { applySuppressions, type SuppressedOrNot } from '../suppression/applySuppressions.ts';
import { documentSuppressions } from '../suppression/documentSuppressions.ts';
import { type DocumentSuppressions, noSuppressions } from '../suppression/suppression.ts';
import {
  type BesidesResources,
  distributionOf,
  documentPipeline,
  type Judgement,
  judgeDocument,
  type ResourceSubjects,
  subjectsOf,
} from './judgeDocument.ts';
import { type JudgedFinding, noRelatedPlaces } from './judgedFinding.ts';
import { type Glance, type KindsAsked, kindsAskedBy, lookBeforeParsing } from './lookBeforeParsing.ts';
import { withoutOverridden } from './overrides.ts';
import { RuleIndex } from './ruleIndex.ts';

/** How a file is used: by itself, as a kustomization's patch, or as the values of a Helm chart. */
export type DocumentUse = 'whole' | 'patch' | 'helmValues';

/** What is known of one document by itself. Parts are made when asked for and kept as long as the document. */
export class DocumentAnalysis {
  readonly document: ManifestDocument;
  readonly use: DocumentUse;
  readonly configuration: ResolvedConfiguration;
  readonly glance: Glance;
  readonly #ruleSet: RuleSet;
  readonly #catalog: RuleCatalog;
  #subjects: readonly ResourceSubjects[] | undefined;
  #distribution: readonly Component[] | undefined;
  #judgement: Judgement | undefined;
  #facts: readonly Fact[] | undefined;
  #declarations: DocumentDeclarations | undefined;
  #unsuppressed: readonly SuppressedOrNot[] | undefined;
  #suppressions: { readonly key: string; readonly value: DocumentSuppressions } | undefined;

  constructor(
    document: ManifestDocument,
    use: DocumentUse,
    configuration: ResolvedConfiguration,
    ruleSet: RuleSet,
    catalog: RuleCatalog,
  ) {
    this.document = document;
    this.use = use;
    this.configuration = configuration;
    this.#ruleSet = ruleSet;
    this.#catalog = catalog;
    const isAsked = use === 'helmValues' && ruleSet.index.active.helmValues.length > 0;
    this.glance =
      document.form === 'object' || isAsked ? 'parse' : lookBeforeParsing(document.text, ruleSet.kindsAsked);
  }

  get subjects(): readonly ResourceSubjects[] {
    this.#subjects ??=
      this.glance === 'parse' ? subjectsOf(this.document, this.use === 'patch', this.configuration.podTemplates) : [];
    return this.#subjects;
  }

  get distribution(): readonly Component[] {
    this.#distribution ??= this.glance === 'parse' ? distributionOf(this.document, this.subjects) : [];
    return this.#distribution;
  }

  get pipeline(): Pipeline | undefined {
    return this.isLookedAt && this.#ruleSet.kindsAsked.pipelines
      ? documentPipeline(this.document, this.subjects)
      : undefined;
  }

  /** What was judged; resources that no rule asks about and a k3s configuration count as well. */
  get resourceCount(): number {
    if (this.glance === 'inert-resource' || this.distribution.length > 0) return 1;
    return this.subjects.length;
  }

  /** Something to show: resources, or what is wrong in a text that holds none. */
  get isOfInterest(): boolean {
    if (this.resourceCount > 0 || this.hasSyntaxErrors) return true;
    return (this.use === 'helmValues' || this.glance === 'pipeline') && this.judgement.findings.length > 0;
  }

  get judgement(): Judgement {
    this.#judgement ??= this.#judge();
    return this.#judgement;
  }

  /** The findings that stay where nothing suppresses any of them. */
  get unsuppressed(): readonly SuppressedOrNot[] {
    this.#unsuppressed ??= withoutOverridden(applySuppressions(this.judgement.findings, [], new Set()));
    return this.#unsuppressed;
  }

  /** The suppressions written in the document; see `documentSuppressions`. */
  suppressions(today: string, isFirstDocument: boolean): DocumentSuppressions {
    if (!this.isLookedAt && !this.document.isEmpty) return noSuppressions;
    const key = `${today} ${isFirstDocument}`;
    if (this.#suppressions?.key !== key) {
      const value = documentSuppressions(this.document, this.subjects, this.#catalog, today, isFirstDocument);
      this.#suppressions = { key, value };
    }
    return this.#suppressions.value;
  }

  get facts(): readonly Fact[] {
    this.#facts ??= this.subjects.flatMap(({ resource, podSpecs }) => factsOf(resource, podSpecs));
    return this.#facts;
  }

  /** What of a cluster it declares. Kinds that no rule asks about have no findings to be looked for in a file. */
  get declarations(): DocumentDeclarations {
    this.#declarations ??= this.#readDeclarations();
    return this.#declarations;
  }

  #readDeclarations(): DocumentDeclarations {
    const isUnasked = this.glance === 'no-resource' && mayBeBareKustomization(this.document.text);
    const resources = isUnasked ? readResources(this.document) : this.subjects.map(({ resource }) => resource);
    return {
      declarations: resources.map(declarationOf).filter((declaration) => declaration !== undefined),
      sources: resources.map(deploymentSourceOf).filter((source) => source !== undefined),
    };
  }

  /** Its content was parsed, for resources or for a pipeline. */
  get isLookedAt(): boolean {
    return this.glance === 'parse' || this.glance === 'pipeline';
  }

  /** Some of the text could not be read, so that what a rule did not find may be there. */
  get hasSyntaxErrors(): boolean {
    // Of values Helm itself says whether it can read them, and of a pipeline its build service: GitLab has tags of its own.
    const isHelms = this.use === 'helmValues' && this.subjects.length === 0;
    return this.glance === 'parse' && !isHelms && this.document.problems.length > 0;
  }

  #judge(): Judgement {
    if (!this.isLookedAt) return nothing;
    const judgement = judgeDocument(this.subjects, this.#besidesResources(), this.#ruleSet.index);
    const syntaxErrors = this.#syntaxErrors();
    if (syntaxErrors.length === 0) return judgement;
    return { findings: [...syntaxErrors, ...judgement.findings], failures: judgement.failures };
  }

  #besidesResources(): BesidesResources {
    const helmValues = this.use === 'helmValues' ? helmValuesOf(this.document) : undefined;
    return { distribution: this.distribution, helmValues, pipeline: this.pipeline };
  }

  #syntaxErrors(): readonly JudgedFinding[] {
    const severity = this.configuration.severityOf('kubeharden/syntax-error');
    if (severity === undefined || !this.hasSyntaxErrors) return [];
    const { document } = this;
    return document.problems
      .filter((problem) => !this.#isRepeatedKeyOfResource(problem))
      .map(({ start, end, message }) => ({
        description: engineRules['kubeharden/syntax-error'],
        severity,
        document,
        place: { document, path: [], range: { start, end } },
        resource: undefined,
        messageKey: 'problem',
        args: { problem: message },
        fixes: undefined,
        related: noRelatedPlaces,
      }));
  }

  /** A rule reports these (pod/duplicate-mapping-key), and has a fix for them. */
  #isRepeatedKeyOfResource({ kind, start, end }: SyntaxProblem): boolean {
    if (kind !== 'duplicate-key') return false;
    return this.subjects.some(({ resource }) => {
      const { range } = resource.node.place;
      return range !== undefined && range.start <= start && end <= range.end;
    });
  }
}

const nothing: Judgement = { findings: [], failures: [] };

/** The rules of one configuration, ready to judge. */
export class RuleSet {
  readonly index: RuleIndex;
  readonly kindsAsked: KindsAsked;

  constructor(catalog: RuleCatalog, configuration: ResolvedConfiguration) {
    this.index = new RuleIndex(catalog.rules, configuration);
    this.kindsAsked = kindsAskedBy(this.index);
  }
}

/** Analyses of documents, kept as long as the documents live: a keystroke costs the document that it touches. */
export class DocumentAnalyses {
  readonly #catalog: RuleCatalog;
  readonly #ruleSets = new WeakMap<ResolvedConfiguration, RuleSet>();
  readonly #analyses = new WeakMap<ManifestDocument, DocumentAnalysis>();

  constructor(catalog: RuleCatalog) {
    this.#catalog = catalog;
  }

  of(document: ManifestDocument, use: DocumentUse, configuration: ResolvedConfiguration): DocumentAnalysis {
    let analysis = this.#analyses.get(document);
    if (analysis?.configuration !== configuration || analysis.use !== use) {
      analysis = new DocumentAnalysis(document, use, configuration, this.ruleSet(configuration), this.#catalog);
      this.#analyses.set(document, analysis);
    }
    return analysis;
  }

  ruleSet(configuration: ResolvedConfiguration): RuleSet {
    let ruleSet = this.#ruleSets.get(configuration);
    if (ruleSet === undefined) {
      ruleSet = new RuleSet(this.#catalog, configuration);
      this.#ruleSets.set(configuration, ruleSet);
    }
    return ruleSet;
  }
}
