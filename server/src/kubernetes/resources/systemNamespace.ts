const systemNamespace =
  /^(?:kube-(?:system|public|node-lease|flannel)|openshift(?:-.*)?|calico-(?:system|apiserver)|tigera-operator|gke-.*|gmp-.*|azure-.*|amazon-.*|local-path-storage)$/;

/** Whether a namespace is of Kubernetes itself, or one in which a distribution keeps its own parts. */
export function isSystemNamespace(name: string): boolean {
  return systemNamespace.test(name);
}
