// What the Pod Security Standards ask of a pod, one file per check; facts from kubernetes/pod-security-admission.
export * from './privileged.ts';
