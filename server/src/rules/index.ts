// The door of the rules room.
export type * from './cluster/clusterCheck.ts';
export { clusterChecks } from './cluster/clusterChecks.ts';
export { type RuleSamples, ruleDocumentation } from './documentation.ts';
export { rules } from './registry.ts';
export type * from './rule.ts';
export { defineRule } from './rule.ts';
