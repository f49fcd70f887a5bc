import type { ImageReference } from './imageReference.ts';

/** What became of the place that an image is pulled from. */
export interface MovedImage {
  readonly fate: 'frozen' | 'moved' | 'withdrawn';
  /** YYYY-MM or a year. */
  readonly since: string;
  /** Where the images are now; '' where they are nowhere for everybody. */
  readonly home: string;
  /** The same images lie there under the same paths and tags. */
  readonly isCopy: boolean;
}

interface MovedPlace extends MovedImage {
  /** Of the normalized repository. */
  readonly place: RegExp;
}

/** By the announcements of those who run the registries, as of 2026-11-25. The first match counts. */
const movedPlaces: readonly MovedPlace[] = [
  {
    // https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/
    place: /^k8s\.gcr\.io\//,
    fate: 'frozen',
    since: '2023-04',
    home: 'registry.k8s.io',
    isCopy: true,
  },
  {
    // "The legacy URL" in the change that brought k8s.gcr.io, Kubernetes 1.10.
    place: /^gcr\.io\/google[_-]containers\//,
    fate: 'moved',
    since: '2018',
    home: 'registry.k8s.io',
    isCopy: false,
  },
  {
    // https://github.com/kubernetes/ingress-nginx/releases/tag/controller-v0.34.0
    place: /^quay\.io\/kubernetes-ingress-controller\/nginx-ingress-controller(?:-|$)/,
    fate: 'moved',
    since: '2020-07',
    home: 'registry.k8s.io/ingress-nginx/controller',
    isCopy: false,
  },
  {
    // https://github.com/bitnami/containers/issues/83267
    place: /^docker\.io\/bitnamilegacy\//,
    fate: 'frozen',
    since: '2025-08',
    home: '',
    isCopy: false,
  },
  {
    // The same announcement. Bitnami Labs' own images stay.
    place: /^docker\.io\/bitnami\/(?!sealed-secrets-)/,
    fate: 'withdrawn',
    since: '2025-09',
    home: 'docker.io/bitnamilegacy',
    isCopy: false,
  },
  {
    // https://github.com/prometheus-operator/prometheus-operator/issues/3672: since v0.43.0. etcd is still published there.
    place: /^quay\.io\/coreos\/(?:prometheus-operator|prometheus-config-reloader)$/,
    fate: 'moved',
    since: '2020-10',
    home: 'quay.io/prometheus-operator',
    isCopy: false,
  },
  {
    // https://github.com/kubernetes/kube-state-metrics/releases/tag/v2.0.0
    place: /^quay\.io\/coreos\/kube-state-metrics$/,
    fate: 'moved',
    since: '2021-04',
    home: 'registry.k8s.io/kube-state-metrics/kube-state-metrics',
    isCopy: false,
  },
];

/** What became of an image's registry or repository; undefined for all that is as it was. */
export function movedImage(reference: ImageReference): MovedImage | undefined {
  const moved = movedPlaces.find(({ place }) => place.test(reference.normalizedRepository));
  // What Bitnami still gives away bears the tag latest only.
  return moved?.fate === 'withdrawn' && (reference.tag === '' || reference.tag === 'latest') ? undefined : moved;
}
