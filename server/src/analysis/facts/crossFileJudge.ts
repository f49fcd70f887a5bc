import type { FactType } from '../../kubernetes/index.ts';
import type { ReportedAcrossFiles } from '../../rules/index.ts';
import { type RuleFailure, ruleFailure } from '../judging/ruleFailure.ts';
import type { ActiveRule } from '../judging/ruleIndex.ts';
import { FactIndex, type FactSlot, RecordingReader, typeOfSlot } from './factIndex.ts';

/** A verdict about facts; its place is resolved when it is reported. */
export interface CrossFileFinding {
  readonly namespace: string;
  readonly active: ActiveRule<'namespace'>;
  readonly reported: ReportedAcrossFiles<string>;
}

const nothing: readonly string[] = [];

/** One rule's verdict on one namespace, and what it read. */
interface NamespaceJudgement {
  readonly active: ActiveRule<'namespace'>;
  readonly namespace: string;
  slots: ReadonlySet<FactSlot>;
  findings: readonly CrossFileFinding[];
  /** The messages of the rule that something in the namespace makes good. */
  madeGood: readonly string[];
  failure: RuleFailure | undefined;
}

/**
 * Judges the namespaces of one workspace folder. A judgement is repeated only when facts change that it read, so the
 * cost of an edit does not grow with the folder.
 */
export class CrossFileJudge {
  readonly facts = new FactIndex((slot) => this.#slotChanged(slot));
  readonly #judgements = new Map<string, NamespaceJudgement>();
  readonly #dependents = new Map<FactSlot, Set<NamespaceJudgement>>();
  readonly #due = new Set<NamespaceJudgement>();
  readonly #namespacesDue = new Set<string>();
  /** Asked for with every file, so not looked for among all. */
  readonly #failed = new Set<NamespaceJudgement>();
  /** By namespace ('' for what is cluster-wide), the slots with facts of it. */
  readonly #namespaces = new Map<string, Set<FactSlot>>();
  readonly #byUri = new Map<string, Set<CrossFileFinding>>();
  readonly #versions = new Map<string, number>();
  /** Changes whenever something comes to be made good, or no longer is: that may concern any file. */
  #madeGoodVersion = 0;
  #rules: readonly ActiveRule<'namespace'>[] = [];
  #unseen: ReadonlySet<FactType> = new Set();

  /** Facts of these types may be missing though they exist: a judgement that reads one of them says nothing. */
  leaveOut(unseen: ReadonlySet<FactType>): void {
    this.#unseen = unseen;
    for (const judgement of this.#judgements.values()) this.#due.add(judgement);
  }

  /** Which rules judge, and with what options. Other rules than before start afresh. */
  useRules(rules: readonly ActiveRule<'namespace'>[]): void {
    if (rules === this.#rules) return;
    this.#rules = rules;
    for (const judgement of this.#judgements.values()) this.#forget(judgement);
    this.#judgements.clear();
    for (const namespace of this.#namespaces.keys()) this.#namespacesDue.add(namespace);
  }

  /** Findings that belong into a file, as of now. */
  findingsIn(uri: string): readonly CrossFileFinding[] {
    this.#judgeDue();
    return [...(this.#byUri.get(uri) ?? [])].sort(byRule);
  }

  /** Changes whenever the findings of the file may have. */
  versionOf(uri: string): number {
    this.#judgeDue();
    return (this.#versions.get(uri) ?? 0) + this.#madeGoodVersion;
  }

  /** The messages of a rule that do not count in a namespace. */
  madeGood(ruleId: string, namespace: string): readonly string[] {
    this.#judgeDue();
    return this.#judgements.get(`${ruleId} ${namespace}`)?.madeGood ?? nothing;
  }

  /** Rules that could not judge some namespace. */
  failures(): readonly RuleFailure[] {
    this.#judgeDue();
    return [...this.#failed].flatMap(({ failure }) => failure ?? []);
  }

  #slotChanged(slot: FactSlot): void {
    for (const judgement of this.#dependents.get(slot) ?? []) this.#due.add(judgement);
    const namespace = slot.slice(slot.indexOf(' ') + 1);
    const slots = this.#namespaces.get(namespace) ?? new Set();
    if (this.facts.has(slot)) slots.add(slot);
    else slots.delete(slot);
    if (slots.size === 0) this.#namespaces.delete(namespace);
    else this.#namespaces.set(namespace, slots);
    this.#namespacesDue.add(namespace);
  }

  #judgeDue(): void {
    for (const namespace of this.#namespacesDue) this.#updateNamespace(namespace);
    this.#namespacesDue.clear();
    for (const judgement of this.#due) this.#judge(judgement);
    this.#due.clear();
  }

  #updateNamespace(namespace: string): void {
    const exists = this.#namespaces.has(namespace);
    for (const active of this.#rules) {
      const key = `${active.rule.id} ${namespace}`;
      const judgement = this.#judgements.get(key);
      if (exists && judgement === undefined) {
        const fresh = {
          active,
          namespace,
          slots: new Set<FactSlot>(),
          findings: [],
          madeGood: nothing,
          failure: undefined,
        };
        this.#judgements.set(key, fresh);
        this.#due.add(fresh);
      } else if (!exists && judgement !== undefined) {
        this.#forget(judgement);
        this.#judgements.delete(key);
      }
    }
  }

  #forget(judgement: NamespaceJudgement): void {
    for (const slot of judgement.slots) this.#dependents.get(slot)?.delete(judgement);
    this.#publish(judgement, []);
    this.#setMadeGood(judgement, nothing);
    this.#due.delete(judgement);
    this.#failed.delete(judgement);
  }

  #judge(judgement: NamespaceJudgement): void {
    const { active, namespace } = judgement;
    const facts = new RecordingReader(this.facts);
    const findings: CrossFileFinding[] = [];
    let madeGood = nothing;
    judgement.failure = undefined;
    this.#failed.delete(judgement);
    // The one place where a rule's own code runs on facts: its mistakes end here.
    try {
      active.rule.judge(
        { name: namespace, facts },
        (reported) => findings.push({ namespace, active, reported }),
        active.context,
      );
      madeGood = active.rule.madeGood?.({ name: namespace, facts }, active.context) ?? nothing;
    } catch (error) {
      judgement.failure = ruleFailure(active.rule.id, error);
      this.#failed.add(judgement);
    }
    for (const slot of judgement.slots) if (!facts.slots.has(slot)) this.#dependents.get(slot)?.delete(judgement);
    for (const slot of facts.slots) {
      const dependents = this.#dependents.get(slot);
      if (dependents === undefined) this.#dependents.set(slot, new Set([judgement]));
      else dependents.add(judgement);
    }
    judgement.slots = facts.slots;
    const isBlind = this.#unseen.size > 0 && [...facts.slots].some((slot) => this.#unseen.has(typeOfSlot(slot)));
    this.#publish(judgement, isBlind ? [] : findings);
    this.#setMadeGood(judgement, madeGood);
  }

  #setMadeGood(judgement: NamespaceJudgement, madeGood: readonly string[]): void {
    if (judgement.madeGood.join() !== madeGood.join()) this.#madeGoodVersion += 1;
    judgement.madeGood = madeGood;
  }

  #publish(judgement: NamespaceJudgement, findings: readonly CrossFileFinding[]): void {
    for (const finding of judgement.findings) {
      const { uri } = finding.reported.at.filed;
      const inFile = this.#byUri.get(uri);
      inFile?.delete(finding);
      if (inFile?.size === 0) this.#byUri.delete(uri);
    }
    for (const finding of findings) {
      const { uri } = finding.reported.at.filed;
      const inFile = this.#byUri.get(uri);
      if (inFile === undefined) this.#byUri.set(uri, new Set([finding]));
      else inFile.add(finding);
    }
    const touched = new Set([...judgement.findings, ...findings].map(({ reported }) => reported.at.filed.uri));
    for (const uri of touched) this.#versions.set(uri, (this.#versions.get(uri) ?? 0) + 1);
    judgement.findings = findings;
  }
}

/** The order in which they came to be must not show. */
function byRule(a: CrossFileFinding, b: CrossFileFinding): number {
  const from = `${a.active.rule.id} ${a.namespace}`;
  const to = `${b.active.rule.id} ${b.namespace}`;
  return from < to ? -1 : from > to ? 1 : 0;
}
