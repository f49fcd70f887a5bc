import { namespaceOf } from '../../kubernetes/index.ts';
import type { ManifestFile } from '../../manifest/index.ts';
import type { ResolvedConfiguration } from '../configuration/resolvedConfiguration.ts';
import type { FileFindings, SuppressedFinding } from '../finding.ts';
import { groupBy } from '../groupBy.ts';
import { applySuppressions, type SuppressedOrNot } from '../suppression/applySuppressions.ts';
import type { SuppressedRule, Suppression } from '../suppression/suppression.ts';
import { unusedSuppressions } from '../suppression/unusedSuppressions.ts';
import type { CrossFileAnswer } from './crossFileAnswer.ts';
import type { DocumentAnalyses, DocumentAnalysis, DocumentUse } from './documentAnalysis.ts';
import { byPlace } from './judgeDocument.ts';
import type { JudgedFinding } from './judgedFinding.ts';
import { withoutOverridden } from './overrides.ts';
import { ReportedFinding } from './reportedFinding.ts';

/** What the answer for a file is made of, beside its documents. */
export interface FileInputs {
  readonly uri: string;
  readonly file: ManifestFile;
  readonly configuration: ResolvedConfiguration;
  readonly use: DocumentUse;
  readonly analyses: DocumentAnalyses;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly acrossFiles: CrossFileAnswer;
  /** Rules that a file of another tool suppresses, and why. */
  readonly ignoredByPeer: readonly Suppression[];
}

/** One document with the suppressions that are written in it and those that speak of it from elsewhere. */
interface Part {
  readonly analysis: DocumentAnalysis;
  readonly written: readonly Suppression[];
  readonly problems: readonly JudgedFinding[];
  readonly fromElsewhere: readonly Suppression[];
  readonly crossFile: readonly JudgedFinding[];
  /** Findings of the document that do not count, as something else makes them good. */
  readonly madeGood: readonly JudgedFinding[];
}

/** Puts together the findings of the documents of a file: suppressions, overrides, reports about suppressions. */
export function assembleFile(inputs: FileInputs): FileFindings {
  const { uri, file, configuration } = inputs;
  const parts = partsOf(inputs);
  const used = new Set<SuppressedRule>();
  const decided = parts.map((part) => decide(part, used));
  const wasJudged = judgedRules(inputs, parts);

  const findings: ReportedFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  let resourceCount = 0;
  for (const [index, part] of parts.entries()) {
    resourceCount += part.analysis.resourceCount;
    const about = withSeverity([...part.problems, ...unusedSuppressions(part.written, used, wasJudged)], configuration);
    const aboutDecided = applySuppressions(about, [...part.written, ...part.fromElsewhere], used);
    const all = decided[index] ?? [];
    const sorted = about.length === 0 ? all : [...all, ...aboutDecided].sort((a, b) => byPlace(a.finding, b.finding));
    for (const { finding, isSuppressed, reason } of sorted) {
      const reported = new ReportedFinding(finding, uri, file, configuration.baseline);
      if (isSuppressed) suppressed.push({ finding: reported, reason });
      else findings.push(reported);
    }
  }
  const isManifest = resourceCount > 0;
  return { uri, findings, suppressed, notChecked: notChecked(inputs, parts), resourceCount, isManifest };
}

function partsOf(inputs: FileInputs): readonly Part[] {
  const { file, use, configuration, analyses, today } = inputs;
  if (file.notChecked !== undefined) return [];
  const firstIndex = file.documents.findIndex((document) => !document.isEmpty);
  const crossFile = groupBy(inputs.acrossFiles.findings, (finding) => finding.document);
  const read = file.documents.map((document, index) => {
    const analysis = analyses.of(document, use, configuration);
    return { analysis, ...analysis.suppressions(today, index <= firstIndex) };
  });
  const forFile = read.flatMap(({ suppressions }) => suppressions.filter(({ scope }) => scope.kind === 'file'));
  forFile.push(...inputs.ignoredByPeer);
  // What stands above the first separator is a document without content, and speaks of the one below it.
  const forFirst = read
    .slice(0, Math.max(firstIndex, 0))
    .flatMap(({ suppressions }) => suppressions.filter(({ scope }) => scope.kind === 'document'));

  return read.map(({ analysis, suppressions, problems }, index) => ({
    analysis,
    written: suppressions,
    problems,
    fromElsewhere: index === firstIndex && forFirst.length > 0 ? [...forFile, ...forFirst] : forFile,
    crossFile: crossFile.get(analysis.document) ?? noFindings,
    madeGood: madeGoodIn(analysis, inputs.acrossFiles),
  }));
}

const noFindings: readonly JudgedFinding[] = [];

function madeGoodIn({ judgement }: DocumentAnalysis, { isComplete, madeGood }: CrossFileAnswer) {
  if (!isComplete) return noFindings;
  return judgement.findings.filter(({ description, messageKey, resource }) => {
    const namespace = 'madeGood' in description && resource !== undefined ? namespaceOf(resource) : undefined;
    return namespace !== undefined && madeGood(description.id, namespace).includes(messageKey);
  });
}

/** What was decided about a document, and from what; most documents of a file stay as they are from edit to edit. */
interface Decision extends Omit<Part, 'analysis' | 'problems'> {
  readonly decided: readonly SuppressedOrNot[];
  readonly used: ReadonlySet<SuppressedRule>;
}

const decisions = new WeakMap<DocumentAnalysis, Decision>();

function decide(part: Part, used: Set<SuppressedRule>): readonly SuppressedOrNot[] {
  const { analysis, written, fromElsewhere, crossFile, madeGood } = part;
  if (written.length + fromElsewhere.length + crossFile.length + madeGood.length === 0) return analysis.unsuppressed;
  let decision = decisions.get(analysis);
  if (
    decision?.written !== written ||
    !haveSameItems(decision.fromElsewhere, fromElsewhere) ||
    !haveSameItems(decision.crossFile, crossFile) ||
    !haveSameItems(decision.madeGood, madeGood)
  ) {
    decision = decideAfresh(part);
    decisions.set(analysis, decision);
  }
  for (const rule of decision.used) used.add(rule);
  return decision.decided;
}

function decideAfresh({ analysis, written, fromElsewhere, crossFile, madeGood }: Part): Decision {
  const findings = analysis.judgement.findings.filter((finding) => !madeGood.includes(finding));
  const judged = crossFile.length === 0 ? findings : [...findings, ...crossFile].sort(byPlace);
  const inDocument = written.filter(({ scope }) => scope.kind !== 'file');
  const used = new Set<SuppressedRule>();
  const decided = withoutOverridden(applySuppressions(judged, [...inDocument, ...fromElsewhere], used));
  return { written, fromElsewhere, crossFile, madeGood, decided, used };
}

function haveSameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Whether a rule was judged in the whole file, so that a suppression of it that hides nothing is unused. */
function judgedRules(inputs: FileInputs, parts: readonly Part[]): (ruleId: string) => boolean {
  const { configuration, analyses, acrossFiles } = inputs;
  const withholding = parts.some(({ analysis }) => analysis.hasSyntaxErrors);
  const failures = [...parts.flatMap(({ analysis }) => analysis.judgement.failures), ...acrossFiles.failures];
  const failed = new Set(failures.map(({ ruleId }) => ruleId));
  const across = analyses.ruleSet(configuration).index.active.namespace;
  return (ruleId) =>
    configuration.severityOf(ruleId) !== undefined &&
    !withholding &&
    !failed.has(ruleId) &&
    !ruleId.startsWith('kubeharden/') &&
    (acrossFiles.isComplete || !across.some(({ rule }) => rule.id === ruleId));
}

/** Findings about suppressions are configured like those of rules. */
function withSeverity(
  findings: readonly JudgedFinding[],
  configuration: ResolvedConfiguration,
): readonly JudgedFinding[] {
  return findings.flatMap((finding) => {
    const severity = configuration.severityOf(finding.description.id);
    return severity === undefined ? [] : [{ ...finding, severity }];
  });
}

/** One sentence for a rule, however often it failed. */
function notChecked({ file, acrossFiles }: FileInputs, parts: readonly Part[]): readonly string[] {
  const sentences = new Map<string, string>();
  if (file.notChecked !== undefined) sentences.set('', file.notChecked.message);
  for (const failures of [...parts.map(({ analysis }) => analysis.judgement.failures), acrossFiles.failures]) {
    for (const { ruleId, message } of failures) if (!sentences.has(ruleId)) sentences.set(ruleId, message);
  }
  return [...sentences.values()];
}
