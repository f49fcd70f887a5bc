/** A pod whose only weakness in the profile `guide` is `privileged: true`; the pod itself is in the way of nothing else. */
export const privilegedPod = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example/web@sha256:${'a'.repeat(64)}
      securityContext:
        privileged: true
`;

/** A safe fix: pod level \`allowPrivilegeEscalation\` is refused by the API server. */
export const misplacedField = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  securityContext:
    allowPrivilegeEscalation: false
  containers:
    - name: web
      image: registry.example/web@sha256:${'a'.repeat(64)}
`;

export const denyAll = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shop
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
`;
