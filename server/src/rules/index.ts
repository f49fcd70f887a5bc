// The door of the rules room.
export type * from './rule.ts';
export { defineRule } from './rule.ts';
// export { rules } from './registry.ts';   // generated: readonly Rule[]
