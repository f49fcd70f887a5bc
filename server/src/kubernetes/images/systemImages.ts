import { parseImageReference } from './imageReference.ts';

/**
 * Repositories of what belongs into kube-system: components and add-ons of Kubernetes itself, of the managed offerings and
 * of the usual network plugins. A trailing slash stands for all below it.
 */
const systemRepositories: readonly string[] = [
  'registry.k8s.io/',
  'k8s.gcr.io/',
  'gcr.io/google-containers/',
  'gcr.io/google_containers/',
  'gcr.io/gke-release/',
  'gke.gcr.io/',
  'mcr.microsoft.com/aks/',
  'mcr.microsoft.com/containernetworking/',
  'mcr.microsoft.com/oss/',
  'public.ecr.aws/eks/',
  'public.ecr.aws/eks-distro/',
  'docker.io/calico/',
  'quay.io/calico/',
  'docker.io/cilium/',
  'quay.io/cilium/',
  'docker.io/coredns/coredns',
  'docker.io/flannel/',
  'ghcr.io/flannel-io/',
  'quay.io/coreos/flannel',
  'docker.io/rancher/',
  'docker.io/weaveworks/weave-kube',
  'docker.io/weaveworks/weave-npc',
  'docker.io/antrea/',
  'docker.io/kubeovn/',
  'ghcr.io/kube-vip/kube-vip',
];

/** Amazon's own registries for EKS add-ons, one in each region. */
const eksRegistry = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/eks\//;

/** Whether an image is a part of the cluster rather than of somebody's application. */
export function isSystemImage(image: string): boolean {
  const repository = parseImageReference(image)?.normalizedRepository ?? '';
  return (
    eksRegistry.test(repository) ||
    systemRepositories.some((known) => (known.endsWith('/') ? repository.startsWith(known) : repository === known))
  );
}
