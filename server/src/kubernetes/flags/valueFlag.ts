import type { ManifestNode } from '../../manifest/index.ts';
import { findingPlace } from '../findingPlace.ts';
import type { ComponentFlag, FlagSource } from './component.ts';

/** A flag of which only the value is text in the manifest: `extraArgs: {name: value}`, a field, an environment variable. */
export function valueFlag(
  name: string,
  source: FlagSource,
  node: ManifestNode,
  value: string | undefined = scalarText(node),
): ComponentFlag {
  const whole = { from: 0, to: node.string?.length ?? 0 };
  return {
    name,
    value,
    isUnknown: value === undefined,
    singleDash: false,
    source,
    node,
    text: whole,
    nameSpan: { from: 0, to: 0 },
    valueNode: node,
    valueSpan: node.string === undefined ? undefined : whole,
    place: findingPlace(node),
  };
}

/** A scalar as the flag's parser gets it; a missing value is the empty string. */
export function scalarText(node: ManifestNode): string | undefined {
  if (node.isMissing) return '';
  return node.scalar === undefined ? undefined : String(node.scalar);
}
