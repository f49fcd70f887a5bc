import {
  type Component,
  componentsOf,
  distributionComponents,
  findingPlace,
  type HelmValues,
  type Pipeline,
  type PodSpec,
  pipelineOf,
  pipelineOfResource,
  podSpecsOf,
  type Resource,
  readResources,
  roleRulesOf,
} from '../../kubernetes/index.ts';
import type { ManifestDocument, ManifestNode, Place } from '../../manifest/index.ts';
import type { Reported, RuleFor, Subjects } from '../../rules/index.ts';
import type { Configuration } from '../configuration/resolvedConfiguration.ts';
import { type JudgedFinding, noArguments, noRelatedPlaces, type RelatedPlace } from './judgedFinding.ts';
import { type RuleFailure, ruleFailure } from './ruleFailure.ts';
import type { ActiveRule, RuleIndex } from './ruleIndex.ts';

type DocumentSubject = Exclude<keyof Subjects, 'namespace'>;

/** A resource with the pod specs in it. */
export interface ResourceSubjects {
  readonly resource: Resource;
  readonly podSpecs: readonly PodSpec[];
}

/** The verdicts of all rules that judge one document by itself. */
export interface Judgement {
  /** In the order of their places. */
  readonly findings: readonly JudgedFinding[];
  readonly failures: readonly RuleFailure[];
}

/** Recognises the resources of a document. */
export function subjectsOf(
  document: ManifestDocument,
  isPartial: boolean,
  podTemplates: Configuration['podTemplates'],
): readonly ResourceSubjects[] {
  return readResources(document, { partial: isPartial }).map((resource) => ({
    resource,
    podSpecs: podSpecsOf(resource, podTemplates),
  }));
}

/** The components of a document that is no resource: a k3s or RKE2 configuration. */
export function distributionOf(
  document: ManifestDocument,
  subjects: readonly ResourceSubjects[],
): readonly Component[] {
  return subjects.length === 0 ? distributionComponents(document) : [];
}

/** What a document may hold that is no resource. */
export interface BesidesResources {
  readonly distribution: readonly Component[];
  readonly helmValues: HelmValues | undefined;
  readonly pipeline: Pipeline | undefined;
}

/** The CI pipeline in a document that is no resource. */
export function documentPipeline(
  document: ManifestDocument,
  subjects: readonly ResourceSubjects[],
): Pipeline | undefined {
  return subjects.length === 0 ? pipelineOf(document) : undefined;
}

/** Offers each rule just the subjects that it asked for. */
export function judgeDocument(
  subjects: readonly ResourceSubjects[],
  besides: BesidesResources,
  index: RuleIndex,
): Judgement {
  const judging = new Judging();
  for (const { resource, podSpecs } of subjects) {
    judging.resource = resource;
    const rules = index.ofKind(resource);
    judging.each(rules.resource, resource);
    for (const podSpec of podSpecs) {
      judging.each(rules.podSpec, podSpec);
      if (rules.container.length === 0) continue;
      for (const container of podSpec.containers) judging.each(rules.container, container);
    }
    if (index.active.roleRule.length > 0) {
      for (const roleRule of roleRulesOf(resource)) judging.each(index.active.roleRule, roleRule);
    }
    if (index.active.component.length > 0) {
      for (const component of componentsOf(resource, podSpecs)) {
        judging.each(index.ofComponent(component.component), component);
      }
    }
    if (index.active.pipeline.length > 0) {
      const ofResource = pipelineOfResource(resource);
      if (ofResource !== undefined) judging.each(index.active.pipeline, ofResource);
    }
  }
  judging.resource = undefined;
  const { distribution, helmValues, pipeline } = besides;
  for (const component of distribution) judging.each(index.ofComponent(component.component), component);
  if (helmValues !== undefined) judging.each(index.active.helmValues, helmValues);
  if (pipeline !== undefined) judging.each(index.active.pipeline, pipeline);
  return { findings: withoutRepetition(judging.findings.sort(byPlace)), failures: judging.failures };
}

/** One pass over a document. The rules share one `report`, so that nothing is made for a rule that finds nothing. */
class Judging {
  readonly findings: JudgedFinding[] = [];
  readonly failures: RuleFailure[] = [];
  resource: Resource | undefined;
  #current: ActiveRule | undefined;

  each<S extends DocumentSubject>(rules: readonly ActiveRule<S>[], subject: Subjects[S]): void {
    for (const active of rules) {
      this.#current = active as unknown as ActiveRule;
      // The one place where a rule's own code runs on a document: its mistakes end here.
      try {
        (active.rule as RuleFor<DocumentSubject, string, unknown>).judge(subject, this.#report, active.context);
      } catch (error) {
        this.failures.push(ruleFailure(active.rule.id, error));
      }
    }
  }

  readonly #report = (reported: Reported<string>): void => {
    const active = this.#current;
    if (active === undefined) return;
    const place = findingPlace(reported.at);
    this.findings.push({
      description: active.rule,
      severity: active.severityIsChosen ? active.severity : (reported.severity ?? active.severity),
      document: place.document,
      place,
      resource: this.resource,
      messageKey: reported.message,
      args: reported.args ?? noArguments,
      fixes: reported.fixes,
      related: reported.related?.map(relatedPlace) ?? noRelatedPlaces,
    });
  };
}

function relatedPlace({ at, message }: { at: ManifestNode | Place; message: string }): RelatedPlace {
  return { kind: 'same-document', place: findingPlace(at), message };
}

/** By place, then in the order of the rules (sorting is stable). */
export function byPlace(a: JudgedFinding, b: JudgedFinding): number {
  const from = a.place.range;
  const to = b.place.range;
  if (from === undefined || to === undefined) return 0;
  return from.start - to.start || from.end - to.end;
}

function withoutRepetition(findings: readonly JudgedFinding[]): readonly JudgedFinding[] {
  if (findings.length < 2) return findings;
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const { place } = finding;
    const where = place.range === undefined ? place.path.join('\0') : `${place.range.start}:${place.range.end}`;
    const key = `${finding.description.id} ${where} ${finding.messageKey} ${JSON.stringify(finding.args)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
