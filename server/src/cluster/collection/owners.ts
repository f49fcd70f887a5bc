import type { RawObject, ResourceIdentity } from '../../kubernetes/index.ts';
import { asArray, asObject, asString, parseApiVersion } from '../../kubernetes/index.ts';

/** The one owner that manages an object (`controller: true`); an object has at most one. */
export interface ControllerReference extends Omit<ResourceIdentity, 'namespace'> {
  readonly uid: string;
}

export function controllerOf(object: RawObject): ControllerReference | undefined {
  for (const reference of asArray(asObject(object.metadata).ownerReferences).map(asObject)) {
    if (reference.controller !== true) continue;
    const { group, version } = parseApiVersion(asString(reference.apiVersion) ?? '');
    const kind = asString(reference.kind) ?? '';
    const name = asString(reference.name) ?? '';
    return { group, version, kind, name, uid: asString(reference.uid) ?? '' };
  }
  return undefined;
}

/** Who owns whom, as far as it was read: ReplicaSets and Jobs, which stand between a pod and what somebody wrote. */
export class Owners {
  readonly #controllers = new Map<string, ControllerReference>();

  /** Remembers the controller of an object. */
  add(object: RawObject): void {
    const uid = asString(asObject(object.metadata).uid);
    const controller = controllerOf(object);
    if (uid !== undefined && controller !== undefined) this.#controllers.set(uid, controller);
  }

  /**
   * The top of the chain above an object; undefined where nobody manages it. A mirror pod is managed by its node, which
   * wrote nothing of it, so it stands for itself.
   */
  topOf(object: RawObject): ControllerReference | undefined {
    let top = controllerOf(object);
    if (top?.kind === 'Node') return undefined;
    const seen = new Set<string>();
    while (top !== undefined && !seen.has(top.uid)) {
      seen.add(top.uid);
      const next = this.#controllers.get(top.uid);
      if (next === undefined) return top.kind === 'ReplicaSet' ? (deploymentOf(object, top) ?? top) : top;
      top = next;
    }
    return top;
  }
}

/**
 * The Deployment above a ReplicaSet that could not be read: its name is the Deployment's and the hash with which it
 * labels the pods (pkg/controller/deployment/sync.go, getNewReplicaSet).
 */
function deploymentOf(pod: RawObject, replicaSet: ControllerReference): ControllerReference | undefined {
  const hash = asString(asObject(asObject(pod.metadata).labels)['pod-template-hash']);
  if (hash === undefined || replicaSet.group !== 'apps' || !replicaSet.name.endsWith(`-${hash}`)) return undefined;
  return { ...replicaSet, kind: 'Deployment', name: replicaSet.name.slice(0, -hash.length - 1) };
}
