import type { ManifestNode, ManifestPath } from '../../manifest/index.ts';
import { hash } from '../hash.ts';
import type { JudgedFinding } from './judgedFinding.ts';

/**
 * Identifies a finding across unrelated edits: the rule, the resource, the path and the arguments of the message. Items
 * of lists go by their name where they have one, so that a container inserted before does not matter; neither does the
 * file, so that a moved manifest keeps its baseline.
 */
export function fingerprint(finding: JudgedFinding): string {
  const known = fingerprints.get(finding);
  if (known !== undefined) return known;
  const made = makeFingerprint(finding);
  fingerprints.set(finding, made);
  return made;
}

/** A judged finding outlives the versions of its file in which its document stays the same. */
const fingerprints = new WeakMap<JudgedFinding, string>();

function makeFingerprint(finding: JudgedFinding): string {
  const { description, resource, place, messageKey, args } = finding;
  const root = resource?.node ?? finding.document.root;
  const path = place.path.slice(root.path.length);
  const identity = resource && [resource.group, resource.kind, resource.namespace, resource.name];
  return hash(
    JSON.stringify([description.id, identity, stablePath(root, path), messageKey, Object.entries(args).sort()]),
  );
}

function stablePath(root: ManifestNode, path: ManifestPath): readonly (string | number)[] {
  let node = root;
  return path.map((step) => {
    node = node.get(step);
    return typeof step === 'number' ? (node.get('name').string ?? step) : step;
  });
}
