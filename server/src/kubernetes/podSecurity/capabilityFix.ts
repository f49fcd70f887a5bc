import type { FixOperation, ManifestNode } from '../../manifest/index.ts';
import type { Container } from '../pods/podSpec.ts';

/** A fix as rules offer it. */
export interface CapabilityFix {
  readonly fixClass: 'hardening';
  readonly title: string;
  readonly operations: readonly FixOperation[];
  readonly isPreferred: true;
}

/** Takes an item out of `capabilities.add`. */
export function removeCapability(item: ManifestNode, container: Container): CapabilityFix {
  const name = item.string ?? '';
  const capability = name === '' ? 'nameless capability' : `capability "${name}"`;
  return {
    fixClass: 'hardening',
    title: `Remove the ${capability} of container "${container.name}"`,
    operations: [{ op: 'remove', node: item }],
    isPreferred: true,
  };
}
