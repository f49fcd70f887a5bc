import type { PodSpec } from './podSpec.ts';

/** The service account of a pod: `serviceAccount` is the deprecated alias, and the API server fills in `default`. */
export function serviceAccountNameOf({ node }: PodSpec): string {
  const name = node.get('serviceAccountName').string ?? node.get('serviceAccount').string ?? '';
  return name === '' ? 'default' : name;
}
