import type { ManifestNode } from '../../manifest/index.ts';
import type { Container, PodSpec } from '../pods/podSpec.ts';
import { type FieldPlace, isKnownField, knownFields, placeOfField } from './knownFields.ts';
import { meantField, nearestField } from './misspeltField.ts';
import { isVolumePart } from './securityPlaces.ts';

/** Where a field takes effect; `everyContainer` where only containers have it and it was written for all of them. */
export type FieldHome =
  | { readonly kind: 'pod' | 'podSecurityContext' | 'everyContainer' }
  | { readonly kind: 'containerSecurityContext' | 'container'; readonly container: Container }
  /** Every mount of a volume. */
  | { readonly kind: 'mounts'; readonly volume: ManifestNode };

/** What a field was written into, though that has no such field. */
export type MisplacedIn = 'podSecurityContext' | 'container' | 'volume' | 'pod' | 'workload' | 'annotation';

/** A security field where Kubernetes does not read it: it refuses the object or drops the field without a word. */
export interface MisplacedField {
  readonly node: ManifestNode;
  /** The key as it is written, which may be misspelt besides. */
  readonly written: string;
  readonly field: string;
  /** Below {@link home}: mostly the field alone, `['capabilities', 'drop']` for a `drop` without its block. */
  readonly path: readonly string[];
  readonly home: FieldHome;
  readonly within: MisplacedIn;
  /** The container or volume that it was written into, '' otherwise. */
  readonly owner: string;
}

const ofContainers: ReadonlySet<string> = new Set(knownFields('SecurityContext'));
const ofPodContexts: ReadonlySet<string> = new Set(knownFields('PodSecurityContext'));
/** Of the many fields of a pod those that decide about its security. */
const ofPods: ReadonlySet<string> = new Set([
  ...['automountServiceAccountToken', 'hostIPC', 'hostNetwork', 'hostPID', 'hostUsers', 'imagePullSecrets'],
  ...['runtimeClassName', 'serviceAccountName', 'shareProcessNamespace'],
]);
const securityFields: readonly string[] = [
  ...new Set([...ofContainers, ...ofPodContexts, ...ofPods, 'securityContext']),
];

/** Three rules ask, each for its own kind of them. */
const foundIn = new WeakMap<PodSpec, readonly MisplacedField[]>();

/** The misplaced fields of a pod, of the workload around it and of the annotations of both. */
export function misplacedFields(podSpec: PodSpec): readonly MisplacedField[] {
  let found = foundIn.get(podSpec);
  if (found === undefined) {
    found = search(podSpec);
    foundIn.set(podSpec, found);
  }
  return found;
}

function search(podSpec: PodSpec): readonly MisplacedField[] {
  const found: MisplacedField[] = [];
  const containers = new Map(podSpec.containers.map((container) => [placeOf(container.node), container]));
  searchMap('PodSpec', podSpec.node, { containers, container: undefined, volume: undefined }, found);
  if (hasBuiltInKind(podSpec)) searchWorkload(podSpec, found);
  return found;
}

/** What stands around a map of a pod spec. */
interface Surroundings {
  /** By {@link placeOf}. */
  readonly containers: ReadonlyMap<string, Container>;
  readonly container: Container | undefined;
  readonly volume: ManifestNode | undefined;
}

function searchMap(place: FieldPlace, map: ManifestNode, around: Surroundings, found: MisplacedField[]): void {
  for (const { key, value } of map.entries()) {
    const below = placeOfField(place, key);
    if (below !== undefined) searchValue(below, value, around, found);
    else if (!isKnownField(place, key) && meantField(place, key) === undefined) {
      const misplaced = misplacedIn(place, key, value, around);
      if (misplaced !== undefined) found.push(misplaced);
    }
  }
}

function searchValue(place: FieldPlace, value: ManifestNode, around: Surroundings, found: MisplacedField[]): void {
  if (value.type === 'map') searchMap(place, value, around, found);
  for (const item of value.items()) {
    const container =
      place === 'Container' || place === 'EphemeralContainer' ? around.containers.get(placeOf(item)) : around.container;
    const volume = place === 'Volume' ? item : around.volume;
    if (item.type === 'map') searchMap(place, item, { ...around, container, volume }, found);
  }
}

/** Nodes of a patch are made anew each time they are asked for. */
function placeOf(node: ManifestNode): string {
  return node.path.join('/');
}

function misplacedIn(
  place: FieldPlace,
  written: string,
  node: ManifestNode,
  { container, volume }: Surroundings,
): MisplacedField | undefined {
  const path = pathOf(place, written, node);
  const home: FieldHome | undefined =
    path[0] === 'readOnly' && volume !== undefined ? { kind: 'mounts', volume } : homeOf(path[0] ?? '', container);
  if (home === undefined) return undefined;
  const within =
    place === 'PodSecurityContext'
      ? 'podSecurityContext'
      : container !== undefined
        ? 'container'
        : volume !== undefined
          ? 'volume'
          : 'pod';
  const owner = container?.name ?? volume?.get('name').string ?? '';
  return { node, written, field: path.at(-1) ?? written, path, home, within, owner };
}

const readOnly: readonly string[] = ['readOnly'];

/** Where below its home a key belongs; empty for what is no security field. */
function pathOf(place: FieldPlace, key: string, value: ManifestNode): readonly string[] {
  const isCapabilityList = (key === 'add' || key === 'drop') && value.type === 'list';
  if (isCapabilityList && (place === 'SecurityContext' || place === 'PodSecurityContext' || place === 'Container')) {
    return ['capabilities', key];
  }
  if ((place === 'Volume' || isVolumePart(place)) && nearestField(readOnly, key) !== undefined) return ['readOnly'];
  const field = nearestField(securityFields, key);
  return field === undefined ? [] : [field];
}

/** Where a field of a pod or of a container takes effect; undefined for any other name. */
export function homeOf(field: string, container: Container | undefined): FieldHome | undefined {
  if (field === 'securityContext') return container === undefined ? { kind: 'pod' } : { kind: 'container', container };
  if (container !== undefined && ofContainers.has(field)) return { kind: 'containerSecurityContext', container };
  if (ofPodContexts.has(field)) return { kind: 'podSecurityContext' };
  if (ofContainers.has(field)) return { kind: 'everyContainer' };
  return ofPods.has(field) ? { kind: 'pod' } : undefined;
}

/** Other kinds may have fields of these names in their own spec. */
function hasBuiltInKind({ resource }: PodSpec): boolean {
  return ['', 'apps', 'batch', 'extensions'].includes(resource.group);
}

/** The maps above the pod spec: none of them has a field of such a name. */
function searchWorkload(podSpec: PodSpec, found: MisplacedField[]): void {
  const { node: root, metadata } = podSpec.resource;
  const steps = podSpec.node.path.slice(root.path.length);
  const above = steps.map((_, depth) => root.get(...steps.slice(0, depth)));
  const isPod = podSpec.metadata.path.length === metadata.path.length;
  const metadataMaps = isPod ? [metadata] : [metadata, podSpec.metadata];
  for (const { key, value } of [...above, ...metadataMaps].flatMap((map) => map.entries())) {
    found.push(...outsideOfPod(nearestField(securityFields, key), key, value, 'workload'));
  }
  for (const { key, value } of metadataMaps.flatMap((map) => map.get('annotations').entries())) {
    found.push(...outsideOfPod(fieldOfAnnotation(key), key, value, 'annotation'));
  }
}

function outsideOfPod(
  field: string | undefined,
  written: string,
  node: ManifestNode,
  within: MisplacedIn,
): readonly MisplacedField[] {
  const home = field === undefined ? undefined : homeOf(field, undefined);
  if (field === undefined || home === undefined) return [];
  return [{ node, written, field, path: [field], home, within, owner: '' }];
}

/** Names that nobody gives an annotation by chance. */
const annotatedFields: readonly string[] = [
  ...['allowPrivilegeEscalation', 'automountServiceAccountToken', 'fsGroup', 'hostIPC', 'hostNetwork', 'hostPID'],
  ...['hostUsers', 'readOnlyRootFilesystem', 'runAsGroup', 'runAsNonRoot', 'runAsUser', 'seccompProfile'],
  ...['appArmorProfile', 'shareProcessNamespace'],
];

/** `runAsNonRoot` or `spec.securityContext.runAsNonRoot`; with a domain before it, it is another program's own. */
function fieldOfAnnotation(key: string): string | undefined {
  const name = /^(?:(?:spec|template|pod|container)\.)*(?:securityContext\.)?(\w+)$/.exec(key)?.[1];
  return annotatedFields.find((field) => field === name);
}
