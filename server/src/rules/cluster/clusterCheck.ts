import type { ClusterEvidence, Permission, ResourceIdentity } from '../../kubernetes/index.ts';
import type { Sentence } from '../../sentences/index.ts';
import type { RuleId, Severity } from '../rule.ts';

/**
 * A question to a running cluster that no single object answers: the API server's flags, whether the network plugin
 * enforces policies, what somebody may do in the end. Everything that one object answers is a rule, and rules judge live
 * objects as they judge files.
 */
export interface ClusterCheck {
  /**
   * `<chapter>/<name>`. The id of the rule that asks the same of a file, where there is one; else an id of its own. In a
   * cluster both are asked, and what they find is said once (cluster/judging/saidOnce.ts).
   */
  readonly id: RuleId;
  /** Other rules that judge a folder as a whole and ask what this check asks of the cluster: there it answers for them. */
  readonly answersFor?: readonly RuleId[];
  /** Chapter 1-7 of the guide, where it belongs to one. */
  readonly guide?: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** The question as a statement that should hold: "Anonymous requests are refused". */
  readonly summary: string;
  /** What it is judged by, best first, as half a sentence (Markdown): "the audit metric, then the flags". */
  readonly evidence: string;
  /** Of a failure, unless the outcome names another. */
  readonly severity: Severity;
  /** Why it matters: one to three plain sentences (Markdown). */
  readonly why: string;
  /** CIS items, peers' ids and pages, for the documentation. */
  readonly references?: readonly string[];
  /** Everything that it reads and that needs a right: what the copied ClusterRole asks for. */
  readonly needs: readonly Permission[];
  /** Best evidence first. Never throws; asks nothing but `evidence`. */
  judge(evidence: ClusterEvidence): CheckOutcome;
}

export type CheckOutcome = CheckPassed | CheckFailed | CheckNotVerifiable;

export interface CheckPassed {
  readonly kind: 'pass';
  /** What proves it: a sentence. */
  readonly because: Sentence;
}

export interface CheckFailed {
  readonly kind: 'fail';
  /** At least one; in a report none, where the findings of the rule with the same id say all of it. */
  readonly failures: readonly CheckFailure[];
}

export interface CheckFailure {
  /** One sentence: what is wrong and why it matters. */
  readonly message: Sentence;
  readonly severity?: Severity;
  /** The object it is about; undefined where it is the cluster as a whole. */
  readonly object?: ResourceIdentity;
  /** A rule of another id whose finding in the same object says all of it. */
  readonly saidBy?: RuleId;
  /** The objects that it sums up, where a rule of the same id judges them one by one; `object` alone where absent. */
  readonly sumsUp?: readonly ResourceIdentity[];
}

export interface CheckNotVerifiable {
  readonly kind: 'notVerifiable';
  /** Why: a sentence. */
  readonly because: Sentence;
  /** What would make it verifiable, best first: permissions to ask for, or a sentence where it is none. */
  readonly unlockedBy: readonly (Permission | Sentence)[];
}
