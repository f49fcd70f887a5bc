/** A container without a finding in the default profile, except what `securityContext` adds. */
export function podManifest(securityContext: string, name = 'web'): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: shop
spec:
  serviceAccountName: ${name}
  automountServiceAccountToken: false
  containers:
    - name: ${name}
      image: registry.example.com/shop/${name}:1.4.2
      securityContext:
        ${securityContext}
`;
}

export const cleanPod = podManifest('allowPrivilegeEscalation: false');
export const privilegedPod = podManifest('privileged: true');
