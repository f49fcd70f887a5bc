import type { JudgedFinding } from './judgedFinding.ts';
import type { RuleFailure } from './ruleFailure.ts';

/** What the rules that look at namespaces as a whole have to say of one file. */
export interface CrossFileAnswer {
  readonly findings: readonly JudgedFinding[];
  readonly failures: readonly RuleFailure[];
  /** The messages of a rule about single documents that other objects of the namespace make good. */
  readonly madeGood: (ruleId: string, namespace: string) => readonly string[];
  /** Its folder has been judged as a whole, so that what was not found is not there. */
  readonly isComplete: boolean;
}

export const noAnswer: CrossFileAnswer = { findings: [], failures: [], madeGood: () => [], isComplete: false };
