// The door of the room that speaks to a live cluster.
export type * from './connection/clusterAnswer.ts';
export type * from './connection/clusterClient.ts';
