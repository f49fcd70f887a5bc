import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { type ImageReference, parseImageReference } from './imageReference.ts';

/** An image reference of a pod. */
export interface PodImage {
  readonly node: ManifestNode;
  /** A container runs it, a volume only shows its files. */
  readonly use: 'container' | 'volume';
  /** For messages: `Container "web"` or `Volume "models"`. */
  readonly user: string;
  /** `imagePullPolicy` of a container, `pullPolicy` of an image volume. */
  readonly pullPolicy: ManifestNode;
  /** As written; undefined when missing or unknown. */
  readonly text: string | undefined;
  /** undefined too for what the kubelet refuses. */
  readonly reference: ImageReference | undefined;
}

const imagesOf = new WeakMap<PodSpec, readonly PodImage[]>();

/** The images of all containers and of image volumes (KEP-4639); those that are missing or unknown too. */
export function podImages(podSpec: PodSpec): readonly PodImage[] {
  // A dozen rules ask for them.
  let images = imagesOf.get(podSpec);
  if (images === undefined) {
    images = readPodImages(podSpec);
    imagesOf.set(podSpec, images);
  }
  return images;
}

function readPodImages(podSpec: PodSpec): readonly PodImage[] {
  const ofContainers = podSpec.containers.map((container) =>
    podImage(
      'container',
      `Container "${container.name}"`,
      container.node.get('image'),
      container.node.get('imagePullPolicy'),
    ),
  );
  const ofVolumes = podSpec.node
    .get('volumes')
    .items()
    .filter((volume) => volume.get('image').isKnown)
    .map((volume) =>
      podImage(
        'volume',
        `Volume "${volume.get('name').string ?? ''}"`,
        volume.get('image', 'reference'),
        volume.get('image', 'pullPolicy'),
      ),
    );
  return [...ofContainers, ...ofVolumes];
}

function podImage(use: PodImage['use'], user: string, node: ManifestNode, pullPolicy: ManifestNode): PodImage {
  const text = node.string;
  const reference = text === undefined ? undefined : parseImageReference(text);
  return { node, use, user, pullPolicy, text, reference };
}
