import type { Rule, RuleDescription } from '../rules/index.ts';
import { rules as registeredRules } from '../rules/index.ts';
import { engineRules } from './engineRules.ts';

/** Everything that can be reported: the given rules in their order, then the engine's own findings. */
export function allDescriptions(rules: readonly Rule[] = registeredRules): readonly RuleDescription[] {
  return [...rules, ...Object.values(engineRules)];
}

/** The description of a registered rule or an engine finding; undefined for an id that does not exist. */
export function ruleDescription(id: string): RuleDescription | undefined {
  registered ??= new Map(allDescriptions().map((description) => [description.id, description]));
  return registered.get(id);
}

let registered: ReadonlyMap<string, RuleDescription> | undefined;
