// The door of the protocol room: what the client and the cluster process say to each other, JSON-RPC 2.0 over the
// channel of a forked process. Only method names and the types of what travels.

export type * from './clusterReport.ts';
export * from './contexts.ts';
export * from './dryRun.ts';
export * from './environment.ts';
export * from './judgement.ts';
export * from './liveObject.ts';
export * from './permissionToRun.ts';
export * from './scan.ts';
export * from './watch.ts';
