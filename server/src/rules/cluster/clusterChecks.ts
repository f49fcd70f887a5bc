import { anonymousAuth } from './api-server/anonymousAuth.ts';
import type { ClusterCheck } from './clusterCheck.ts';

/** Every check of a running cluster, by chapter in the order of the guide. */
export const clusterChecks: readonly ClusterCheck[] = [anonymousAuth];
