import type { Rule, RuleDescription } from '../rules/index.ts';
import { clusterChecks, rules as registeredRules } from '../rules/index.ts';
import { engineRules } from './engineRules.ts';

/** Everything that can be reported: the given rules in their order, then the engine's own findings. */
export function allDescriptions(rules: readonly Rule[] = registeredRules): readonly RuleDescription[] {
  return [...rules, ...Object.values(engineRules)];
}

/** What a configuration says something about: a rule, or a check of a running cluster. */
export type Settable = Pick<RuleDescription, 'id' | 'summary' | 'severity' | 'profile' | 'why' | 'options'>;

/** Everything that a configuration may name. A check with the id of a rule is set with it. */
export function allSettable(rules: readonly Rule[] = registeredRules): readonly Settable[] {
  const descriptions = allDescriptions(rules);
  const ids = new Set(descriptions.map(({ id }) => id));
  const checks = clusterChecks
    .filter(({ id }) => !ids.has(id))
    // A scan asks all of them, whatever the profile.
    .map(({ id, summary, severity, why }): Settable => ({ id, summary, severity, why, profile: 'guide' }));
  return [...descriptions, ...checks];
}

/** The description of a registered rule or an engine finding; undefined for an id that does not exist. */
export function ruleDescription(id: string): RuleDescription | undefined {
  registered ??= new Map(allDescriptions().map((description) => [description.id, description]));
  return registered.get(id);
}

/**
 * A check of a running cluster in the terms of a rule: without fixes, options and sentences of its own.
 *
 * @param check `id` may also be one that nobody knows
 */
export function checkDescription(
  check: Pick<RuleDescription, 'severity' | 'summary' | 'why'> & { readonly id: string },
): RuleDescription {
  return {
    ...check,
    id: check.id as RuleDescription['id'],
    profile: 'guide',
    whenNot: '',
    references: {},
    fixClass: 'none',
    messages: {},
  };
}

let registered: ReadonlyMap<string, RuleDescription> | undefined;
