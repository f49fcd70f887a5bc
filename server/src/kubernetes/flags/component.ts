import type { ManifestNode, Place } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

export type ComponentName =
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kube-proxy'
  | 'kubelet'
  | 'etcd';

/** Where a component's flags were written. */
export type FlagSource = 'container' | 'kubeadm-v1beta3' | 'kubeadm-v1beta4' | 'kops' | 'k3s' | 'environment';

/** Offsets [from, to) in the decoded text of a string node. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
}

/** One occurrence of a flag. */
export interface ComponentFlag {
  /** Without dashes, `_` read as `-` for Kubernetes components. */
  readonly name: string;
  /** undefined for a bare `--flag`. Unknown (Helm) values have `isUnknown`. */
  readonly value: string | undefined;
  readonly isUnknown: boolean;
  /** Written with one dash. Kubernetes components refuse that; etcd accepts it. */
  readonly singleDash: boolean;
  /** `'environment'` for an `ETCD_*` variable beside the arguments; else the component's source. */
  readonly source: FlagSource;
  /** The scalar (argument, map value) it stands in. */
  readonly node: ManifestNode;
  /** Offsets in the decoded scalar of `--name=value` and of the name alone; where only the value is text (kubeadm, kOps, environment), of the value and empty. */
  readonly text: TextSpan;
  readonly nameSpan: TextSpan;
  /** The scalar that holds the value, `node` itself for `--name=value`; undefined for a bare flag. */
  readonly valueNode: ManifestNode | undefined;
  /** Offsets of the value in `valueNode`; undefined for a bare flag, and where the value is no string. */
  readonly valueSpan: TextSpan | undefined;
  /** Exactly the flag as written (dashes included where there are any). */
  readonly place: Place;
}

/** The arguments of one control-plane or node component, from whichever source. */
export interface Component {
  readonly component: ComponentName;
  readonly source: FlagSource;
  readonly resource: Resource;
  /**
   * Where a fix inserts another flag: the list or map that holds the flags (it may be missing), or the string node of a
   * shell script, where text goes in after the last flag.
   */
  readonly argumentsNode: ManifestNode;
  /** Where a finding about an absent flag goes: the command's first element, its word in a shell script, the extraArgs key. */
  readonly anchor: ManifestNode | Place;
  /** All occurrences in order, as written. */
  readonly flags: readonly ComponentFlag[];
  /** Arguments cannot all be read (Helm, an unreadable shell script): nothing may be called absent. */
  readonly isOpen: boolean;
  /**
   * The occurrence that counts: the last one for scalars. Undefined when absent, and for a flag that a Kubernetes
   * component cannot read because it has one dash. An installer's own arguments are not among them: `defaultValue` gives
   * those.
   */
  flag(name: string): ComponentFlag | undefined;
  /** All occurrences of a list flag joined and split on commas; the installer's own value if there are none. */
  list(name: string): readonly string[];
  /** What the installer (kubeadm) passes by itself when nothing is written; undefined otherwise. */
  defaultValue(name: string): string | undefined;
}
