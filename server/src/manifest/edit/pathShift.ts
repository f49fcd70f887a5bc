import type { ManifestPath } from '../manifestNode.ts';

/** How one operation changed the way to the nodes it did not touch. */
export type PathShift =
  | { readonly kind: 'inserted'; readonly list: ManifestPath; readonly index: number }
  | { readonly kind: 'removed'; readonly path: ManifestPath }
  /** Also a renamed key: what was at or under `from` is now at or under `to`. */
  | { readonly kind: 'moved'; readonly from: ManifestPath; readonly to: ManifestPath };

/** Where a path leads after all shifts, in order. A list index whose item is gone leads to the item that took its place. */
export function shiftedPath(path: ManifestPath, shifts: readonly PathShift[]): ManifestPath {
  return shifts.reduce(shifted, path);
}

function shifted(path: ManifestPath, shift: PathShift): ManifestPath {
  switch (shift.kind) {
    case 'inserted':
      return stepped(path, shift.list, (index) => (index >= shift.index ? index + 1 : index));
    case 'removed': {
      const removed = shift.path.at(-1);
      if (typeof removed !== 'number') return path;
      return stepped(path, shift.path.slice(0, -1), (index) => (index > removed ? index - 1 : index));
    }
    case 'moved':
      return startsWith(path, shift.from) ? [...shift.to, ...path.slice(shift.from.length)] : path;
  }
}

function stepped(path: ManifestPath, list: ManifestPath, step: (index: number) => number): ManifestPath {
  const index = path[list.length];
  if (typeof index !== 'number' || !startsWith(path, list)) return path;
  return path.with(list.length, step(index));
}

export function startsWith(path: ManifestPath, head: ManifestPath): boolean {
  return head.length <= path.length && head.every((segment, index) => segment === path[index]);
}

export function isSamePath(a: ManifestPath, b: ManifestPath): boolean {
  return a.length === b.length && startsWith(a, b);
}
