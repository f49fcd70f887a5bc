import type { ManifestNode } from '../manifest/index.ts';
import type { PodSpec } from './podSpec.ts';

/** An image reference of a pod. */
export interface PodImage {
  readonly node: ManifestNode;
  /** For messages: `Container "web"` or `Volume "models"`. */
  readonly user: string;
}

/** The images of all containers and of image volumes (KEP-4639); those that are missing or unknown too. */
export function podImages(podSpec: PodSpec): readonly PodImage[] {
  const ofContainers = podSpec.containers.map((container) => ({
    node: container.node.get('image'),
    user: `Container "${container.name}"`,
  }));
  const ofVolumes = podSpec.node
    .get('volumes')
    .items()
    .map((volume) => ({
      node: volume.get('image', 'reference'),
      user: `Volume "${volume.get('name').string ?? ''}"`,
    }));
  return [...ofContainers, ...ofVolumes];
}
