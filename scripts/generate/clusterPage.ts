import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectedKinds } from '../../server/src/cluster/collection/collectedKinds.ts';
import { permissionFor } from '../../server/src/cluster/collection/collectKind.ts';
import { minimalClusterRole } from '../../server/src/cluster/index.ts';
import type { Permission } from '../../server/src/kubernetes/index.ts';
import { repositoryRoot } from '../../test/support/repository.ts';

export const clusterPagePath = 'docs/cluster.md';

/** The page on live clusters, with the role for what a scan reads in its block of YAML. Everything else is written by hand. */
export function clusterPage(): string {
  const page = readFileSync(join(repositoryRoot, clusterPagePath), 'utf8');
  return page.replace(/(?<=^```yaml\n).*?(?=^```$)/ms, () => wholeClusterRole().replaceAll(/^#.*\n/gm, ''));
}

/** The role for everything that a scan reads unless the user wants more. */
export function wholeClusterRole(): string {
  const kinds = collectedKinds.filter(({ isOptIn }) => isOptIn !== true);
  const permissions: readonly Permission[] = [
    ...kinds.map((kind) => permissionFor(kind, kind.namespace)),
    { kind: 'url', path: '/metrics' },
    { kind: 'url', path: '/flagz' },
  ];
  return minimalClusterRole(permissions) ?? '';
}
