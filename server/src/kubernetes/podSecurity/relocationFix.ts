import type { FixOperation } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import type { MisplacedField } from './misplacedFields.ts';
import { relocationOf } from './relocation.ts';

/** A fix as rules offer it. */
export interface RelocationFix {
  /** Safe where nothing takes effect but what plainly was to harden the pod. */
  readonly fixClass: 'safe' | 'review';
  readonly title: string;
  readonly operations: readonly FixOperation[];
  readonly isPreferred: true;
}

/** The fix of a misplaced field, if there is one. */
export function relocationFixes(podSpec: PodSpec, misplaced: MisplacedField): readonly RelocationFix[] {
  const relocation = relocationOf(podSpec, misplaced);
  if (relocation === undefined) return [];
  const { kind, isHardening, operations } = relocation;
  const { written } = misplaced;
  const fix = (fixClass: 'safe' | 'review', title: string): readonly RelocationFix[] => [
    { fixClass, title, operations, isPreferred: true },
  ];
  switch (kind) {
    case 'redundant':
      return fix('safe', `Remove ${written}, which has no effect here`);
    case 'loosening':
      return fix('review', `Remove ${written}, which has no effect here (check first what it was meant for)`);
    case 'moved':
      return isHardening
        ? fix('safe', `Move ${written} to ${destination(misplaced)}`)
        : fix('review', `Move ${written} to ${destination(misplaced)} (check first what it does there)`);
  }
}

function destination({ home, path }: MisplacedField): string {
  const below = path.length > 1 ? ` as ${path.join('.')}` : '';
  switch (home.kind) {
    case 'pod':
      return 'the pod spec';
    case 'podSecurityContext':
      return "the pod's securityContext";
    case 'container':
      return `container "${home.container.name}"`;
    case 'containerSecurityContext':
      return `the securityContext of container "${home.container.name}"${below}`;
    case 'mounts':
      return `the mounts of volume "${home.volume.get('name').string ?? ''}"`;
    case 'everyContainer':
      return `the containers' securityContext${below}`;
  }
}
