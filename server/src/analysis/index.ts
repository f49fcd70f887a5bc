// The door of the analysis room: what the faces may use of it.

export type * from './configuration/resolvedConfiguration.ts';
export type * from './finding.ts';
export { engineFindings } from './finding.ts';
export type * from './workspace.ts';
// export { createWorkspace } from './createWorkspace.ts';       // (host: WorkspaceHost, rules?: readonly Rule[]) => Workspace
// export { ruleDescription, allDescriptions } from './descriptions.ts'; // by id, engine findings included
// export { configurationSchema } from './configuration/schema.ts';      // JSON schema of .kubeharden.yaml made from the rules
// export { isIgnoredDirective ... }
