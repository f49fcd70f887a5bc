import { type FixOperation, type FixValue, type ManifestNode, objectDocument } from '../../manifest/index.ts';
import { containerLists } from '../pods/containerLists.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { isWindowsPod } from './exemptions.ts';
import { fieldEffect } from './fieldEffect.ts';
import { typeOfField } from './knownFields.ts';
import { meantValue } from './meantValue.ts';
import { type FieldHome, homeOf, type MisplacedField } from './misplacedFields.ts';
import { isLinuxOnly } from './osFields.ts';
import { refusesNoPrivilegeEscalation } from './privilegeEscalation.ts';
import { haveSameValue } from './sameValue.ts';

/** How a misplaced field comes to where Kubernetes reads it, or is taken out because it has no business there. */
export interface Relocation {
  /**
   * - `moved`;
   * - `redundant`: removed, for it changes nothing at its home, or the API server refuses it there too;
   * - `loosening`: removed, for it has no effect today and would weaken the pod if it had.
   */
  readonly kind: 'moved' | 'redundant' | 'loosening';
  /** What is moved hardens and no container stops for it, and nothing else is done. */
  readonly isHardening: boolean;
  readonly operations: readonly FixOperation[];
}

/** Undefined where another value stands at the field's home already, and where that cannot be told. */
export function relocationOf(podSpec: PodSpec, misplaced: MisplacedField): Relocation | undefined {
  const { node, path, home } = misplaced;
  if (misplaced.within !== 'annotation') return relocate(podSpec, { node, value: node, path, home });
  // An annotation holds a text; the field has a type of its own.
  const value = typedValue(misplaced);
  if (value === undefined) return undefined;
  return relocate(podSpec, { node, value: objectDocument({ value }).root.get('value'), path, home });
}

function typedValue({ field, node }: MisplacedField): FixValue | undefined {
  const type =
    typeOfField('SecurityContext', field) ?? typeOfField('PodSecurityContext', field) ?? typeOfField('PodSpec', field);
  return type === undefined ? undefined : meantValue(type, field, node);
}

/** A value on its way. */
interface Parcel {
  /** What is taken away. */
  readonly node: ManifestNode;
  /** What is put down: the node itself, to be moved as it is written, or another one that it stands for. */
  readonly value: ManifestNode;
  readonly path: readonly string[];
  readonly home: FieldHome;
}

function relocate(podSpec: PodSpec, parcel: Parcel): Relocation | undefined {
  const { node, value, path, home } = parcel;
  const field = path.at(-1) ?? '';
  const removed = (kind: 'redundant' | 'loosening'): Relocation => ({
    kind,
    isHardening: false,
    operations: [removal(node, home)],
  });
  if (value.isNull || isDefault(field, value) || isAlwaysReadOnly(home)) return removed('redundant');
  if (isLinuxOnly(field) && isWindowsPod(podSpec)) {
    return podSpec.osName === 'windows' ? removed('redundant') : undefined;
  }
  const effect = fieldEffect(field, value);
  const targets = targetsOf(podSpec, parcel);
  if (value.isUnknown || targets === undefined) return undefined;
  if (blocks.has(field) && !(effect === 'hardens' && targets.every(({ isMissing }) => isMissing) && fits(parcel))) {
    return relocateParts(podSpec, parcel);
  }
  if (effect === 'loosens') return removed('loosening');
  const hasMoreTargets = home.kind === 'everyContainer' || home.kind === 'mounts';
  if (hasMoreTargets && effect !== 'hardens' && value.boolean === undefined) return undefined;
  const free = targets.filter(({ isMissing }) => isMissing);
  if (free.length === 0) return isSettled(home, value, targets) ? removed('redundant') : undefined;
  const isHardening = effect === 'hardens' && !(field === 'runAsNonRoot' && runsAsRoot(podSpec));
  return { kind: 'moved', isHardening, operations: transport(parcel, free) };
}

/** `false` is what Kubernetes assumes for these. */
const falseByDefault: ReadonlySet<string> = new Set([
  ...['hostIPC', 'hostNetwork', 'hostPID', 'readOnly', 'shareProcessNamespace'],
]);

function isDefault(field: string, value: ManifestNode): boolean {
  return falseByDefault.has(field) && value.boolean === false;
}

/** Volumes that nobody can write to, whatever the mount says (since 1.9.4, CVE-2017-1002102). */
function isAlwaysReadOnly(home: FieldHome): boolean {
  const sources = ['configMap', 'downwardAPI', 'projected', 'secret'];
  return home.kind === 'mounts' && sources.some((source) => home.volume.get(source).isKnown);
}

/** Maps whose fields are judged and moved one by one. */
const blocks: ReadonlySet<string> = new Set(['securityContext', 'capabilities']);

/** All of a block belongs to where the block goes; containers have fields that the pod's own securityContext lacks. */
function fits({ value, path, home }: Parcel): boolean {
  return (
    home.kind !== 'pod' || path[0] !== 'securityContext' || value.entries().every(({ key }) => isOfPodContext(key))
  );
}

function isOfPodContext(field: string): boolean {
  return typeOfField('PodSecurityContext', field) !== undefined;
}

function relocateParts(podSpec: PodSpec, { node, path, home }: Parcel): Relocation | undefined {
  if (node.type !== 'map' || !node.isComplete) return undefined;
  const parts: Relocation[] = [];
  for (const { key, value } of node.entries()) {
    const isContext = path.at(-1) === 'securityContext';
    const partHome = isContext ? homeOf(key, home.kind === 'container' ? home.container : undefined) : home;
    const partPath = isContext ? [key] : [...path, key];
    const part = partHome && relocate(podSpec, { node: value, value, path: partPath, home: partHome });
    if (part === undefined) return undefined;
    parts.push(part);
  }
  const kinds = new Set(parts.map(({ kind }) => kind));
  return {
    kind: kinds.has('moved') ? 'moved' : kinds.has('loosening') ? 'loosening' : 'redundant',
    isHardening: parts.every((part) => part.isHardening || part.kind === 'redundant'),
    operations: parts.length === 0 ? [{ op: 'remove', node }] : parts.flatMap(({ operations }) => operations),
  };
}

/** Where the value may go; undefined if something there is hidden, or the API server would refuse the value. */
function targetsOf(podSpec: PodSpec, { value, path, home }: Parcel): readonly ManifestNode[] | undefined {
  const isNoEscalation = path[0] === 'allowPrivilegeEscalation' && value.boolean === false;
  let targets: readonly ManifestNode[];
  switch (home.kind) {
    case 'pod':
      if (path[0] === 'hostUsers' && sharesNamespace(podSpec)) return undefined;
      targets = [podSpec.node.get(...path)];
      break;
    case 'podSecurityContext':
      targets = [podSpec.securityContext.get(...path)];
      break;
    case 'container':
      targets = [home.container.node.get(...path)];
      break;
    case 'containerSecurityContext':
      if (isNoEscalation && refusesNoPrivilegeEscalation(home.container)) return undefined;
      targets = [home.container.securityContext.get(...path)];
      break;
    case 'everyContainer':
      if (!knowsAllContainers(podSpec)) return undefined;
      targets = podSpec.containers
        .filter((container) => !(isNoEscalation && refusesNoPrivilegeEscalation(container)))
        .map((container) => container.securityContext.get(...path));
      break;
    case 'mounts':
      if (!knowsAllContainers(podSpec)) return undefined;
      targets = podSpec.containers
        .flatMap(({ node }) => node.get('volumeMounts').items())
        .filter((mount) => mount.get('name').string === home.volume.get('name').string)
        .map((mount) => mount.get(...path));
      break;
  }
  return targets.some(({ isUnknown }) => isUnknown) ? undefined : targets;
}

/** The kubelet would not start such a container any more (pkg/kubelet/kuberuntime/security_context_others.go, verifyRunAsNonRoot). */
function runsAsRoot({ containers }: PodSpec): boolean {
  return containers.some((container) => container.effective('runAsUser').node.number === 0);
}

/** Beside a namespace of the node `hostUsers: false` is refused (pkg/apis/core/validation/validation.go, validateHostUsers). */
function sharesNamespace({ node }: PodSpec): boolean {
  return ['hostNetwork', 'hostPID', 'hostIPC']
    .map((field) => node.get(field))
    .some((flag) => flag.boolean !== false && !flag.isMissing);
}

/** No container is hidden behind a template action, where the moved field would be lost. */
function knowsAllContainers(podSpec: PodSpec): boolean {
  return containerLists(podSpec.node).every(
    (list) => list.isMissing || (list.isKnown && list.isComplete && list.items().every((item) => item.isComplete)),
  );
}

/** Containers and mounts that have a value of their own keep it; anywhere else the value must be the one that is there. */
function isSettled(home: FieldHome, value: ManifestNode, targets: readonly ManifestNode[]): boolean {
  if (home.kind === 'everyContainer' || home.kind === 'mounts') return true;
  return targets.every((target) => haveSameValue(target, value));
}

/** The text goes along if it has one way to go; else its value, which is known to the last item, for it hardens. */
function transport({ node, value, home }: Parcel, free: readonly ManifestNode[]): readonly FixOperation[] {
  const [only, ...more] = free;
  const isOneWay = only !== undefined && more.length === 0 && value === node && home.kind !== 'mounts';
  if (isOneWay) return [{ op: 'move', from: node, to: only }];
  const json = value.toJson() as FixValue;
  return [...free.map((target): FixOperation => ({ op: 'set', node: target, value: json })), removal(node, home)];
}

/** A volume without a source would be another one. */
function removal(node: ManifestNode, home: FieldHome): FixOperation {
  return home.kind === 'mounts' ? { op: 'remove', node, keepEmptyParent: true } : { op: 'remove', node };
}
