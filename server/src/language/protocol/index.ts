// The door of the protocol room: what the language server and its clients say to each other beside LSP itself.
// Only method names and the types of what travels, so that client and server need not share a protocol library.

export * from './commands.ts';
export * from './declarations.ts';
export * from './documentObjects.ts';
export * from './generateKey.ts';
export * from './hardenResource.ts';
export type * from './initialization.ts';
export * from './liveFindings.ts';
export * from './placeRange.ts';
export * from './ruleDocumentation.ts';
export * from './scanWorkspace.ts';
export * from './settings.ts';
export * from './status.ts';
