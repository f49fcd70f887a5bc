import type { ManifestNode } from '../../manifest/index.ts';
import type { Container } from '../pods/podSpec.ts';
import { isWindowsPod } from './exemptions.ts';

/** Neither the container nor its pod has a `securityContext` with anything in it. */
export function hasNoSecurityContext(container: Container): boolean {
  return (
    isEmpty(container.securityContext) && isEmpty(container.podSpec.securityContext) && !isWindowsPod(container.podSpec)
  );
}

function isEmpty(context: ManifestNode): boolean {
  if (context.isMissing) return true;
  return context.type === 'map' && context.isComplete && context.entries().every(({ value }) => value.isMissing);
}
