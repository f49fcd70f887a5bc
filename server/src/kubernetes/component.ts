import type { ManifestNode, Place } from '../manifest/index.ts';
import type { Resource } from './resource.ts';

export type ComponentName =
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kube-proxy'
  | 'kubelet'
  | 'etcd';

/** Where a component's flags were written. */
export type FlagSource = 'container' | 'kubeadm-v1beta3' | 'kubeadm-v1beta4' | 'kops' | 'k3s' | 'environment';

/** One occurrence of a flag. */
export interface ComponentFlag {
  /** Without dashes, `_` read as `-` for Kubernetes components. */
  readonly name: string;
  /** undefined for a bare `--flag`. Unknown (Helm) values have `isUnknown`. */
  readonly value: string | undefined;
  readonly isUnknown: boolean;
  /** Written with one dash. Kubernetes components refuse that; etcd accepts it. */
  readonly singleDash: boolean;
  /** The scalar (argument, map value) it stands in. */
  readonly node: ManifestNode;
  /** Offsets in the decoded scalar of `--name=value`, of the name alone and of the value; for kubeadm maps, of the value. */
  readonly text: { readonly from: number; readonly to: number };
  readonly nameSpan: { readonly from: number; readonly to: number };
  /** Exactly the flag as written (dashes included where there are any). */
  readonly place: Place;
}

/** The arguments of one control-plane or node component, from whichever source. */
export interface Component {
  readonly component: ComponentName;
  readonly source: FlagSource;
  readonly resource: Resource;
  /** The list or map that holds the flags, where a fix inserts another. */
  readonly argumentsNode: ManifestNode;
  /** Where a finding about an absent flag goes: the command's first element, the extraArgs key. */
  readonly anchor: ManifestNode;
  /** All occurrences in order, as written. */
  readonly flags: readonly ComponentFlag[];
  /** Arguments cannot all be read (Helm, an unreadable shell script): nothing may be called absent. */
  readonly isOpen: boolean;
  /**
   * The occurrence that counts: the last one for scalars. Undefined when absent.
   * kubeadm's own default arguments are overlaid: `defaultValue` gives them.
   */
  flag(name: string): ComponentFlag | undefined;
  /** All occurrences of a list flag joined and split on commas. */
  list(name: string): readonly string[];
  /** What the installer (kubeadm, k3s) passes by itself when nothing is written; undefined otherwise. */
  defaultValue(name: string): string | undefined;
}
