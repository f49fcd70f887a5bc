/** A rule that threw while it judged: a mistake in the rule, which must not cost the others' findings. */
export interface RuleFailure {
  readonly ruleId: string;
  /** Whole sentence for the user. */
  readonly message: string;
}

export function ruleFailure(ruleId: string, error: unknown): RuleFailure {
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    ruleId,
    message: `The rule ${ruleId} could not be judged because of a mistake in it (${cause.split('\n', 1)[0]}).`,
  };
}
