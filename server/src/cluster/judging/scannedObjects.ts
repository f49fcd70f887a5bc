import type { RawObject } from '../../kubernetes/index.ts';
import { asObject, declarationHints, objectResource } from '../../kubernetes/index.ts';
import type { ClusterSnapshot } from '../collection/clusterSnapshot.ts';
import { isReadWhole } from '../collection/collectedKinds.ts';
import { controllerOf } from '../collection/owners.ts';
import type { ScannedObject } from '../protocol/index.ts';
import { identityOf } from './identityOf.ts';
import { isSystemObject } from './systemObjects.ts';

/** The objects that somebody may have a file of: not made by a controller, and not part of the system. */
export function scannedObjects({ collected, pods }: ClusterSnapshot): readonly ScannedObject[] {
  const objects = collected.flatMap(({ kind, objects }) =>
    objects.kind === 'unseen' || !isReadWhole(kind) ? [] : objects.value,
  );
  const alone = pods.kind === 'unseen' ? [] : pods.value.filter(({ controller }) => controller.kind === 'Pod');
  return [...objects, ...alone.map(({ pod }) => asObject(pod.node.toJson()))].flatMap(scannedObject);
}

function scannedObject(object: RawObject): readonly ScannedObject[] {
  const identity = identityOf(object);
  if (controllerOf(object) !== undefined || isSystemObject(identity, object)) return [];
  const hints = declarationHints(objectResource(object));
  return [{ identity, ...(Object.keys(hints).length === 0 ? {} : { declaredBy: hints }) }];
}
