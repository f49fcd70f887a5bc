/** A Kubernetes minor version, 1.x. Compared as a number: `minor` of 1.37 is 37. */
export interface KubernetesVersion {
  readonly minor: number;
}

/** The newest supported minor; the default target of every version-dependent rule. */
export const newestVersion: KubernetesVersion = { minor: 37 };
