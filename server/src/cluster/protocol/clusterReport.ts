import type { DeclarationHints, Permission, ResourceIdentity } from '../../kubernetes/index.ts';
import type { CheckOutcome, RuleId, Severity } from '../../rules/index.ts';
import type { Sentence } from '../../sentences/index.ts';

export type ProfileName = 'guide' | 'restricted' | 'all';

/**
 * What a scan of a cluster found. Plain JSON: it travels from the cluster process to the client and to reports, which put
 * its sentences into words. No Secret value, token or key is in it.
 */
export interface ClusterReport {
  readonly contextName: string;
  readonly server: string;
  /** `v1.37.2`; undefined where the version could not be read. */
  readonly version: string | undefined;
  /** ISO 8601. */
  readonly scannedAt: string;
  /** What it was judged by. */
  readonly profile: ProfileName;
  /** Ids of the rules that were on; that another one found nothing means nothing. */
  readonly rules: readonly string[];
  /** Of the rules, on single objects and across them. */
  readonly findings: readonly LiveFinding[];
  /** Of the checks, on the cluster as a whole. */
  readonly checks: readonly CheckResult[];
  /** What could not be read, so that nothing was found in it. */
  readonly gaps: readonly CoverageGap[];
  /** YAML of a role that closes the gaps and answers the checks, as far as a permission does. */
  readonly clusterRole?: string;
  /** How many objects were read, pods included. */
  readonly objectCount: number;
  /** What somebody may have a file of, with findings or without. */
  readonly objects: readonly ScannedObject[];
}

/** An object that was judged, and is neither made by a controller nor part of the system. */
export interface ScannedObject {
  readonly identity: ResourceIdentity;
  /** Absent where nothing says how it was deployed. */
  readonly declaredBy?: DeclarationHints;
}

/** A rule's verdict on a live object. */
export interface LiveFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: Sentence;
  /** Message key and arguments, for comparing with a file's finding. */
  readonly messageKey: string;
  readonly args: Readonly<Record<string, string | number>>;
  /** The object that holds the place. */
  readonly object: ResourceIdentity;
  /** Where in the object. */
  readonly path: readonly (string | number)[];
  /**
   * The workload that somebody wrote, where `object` is a pod of it: the place is in the pod alone, so something added
   * it at admission (a sidecar injector, a mutating policy).
   */
  readonly addedToPodsOf?: ResourceIdentity;
  /** The object is part of Kubernetes or of the distribution; its owner is not who uses the cluster. */
  readonly isSystem: boolean;
  /** Identifies the finding from scan to scan. */
  readonly fingerprint: string;
}

export interface CheckResult {
  readonly id: RuleId;
  readonly summary: Sentence;
  /** Why it matters: one to three sentences (Markdown). */
  readonly why: Sentence;
  readonly guide?: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** Of failures that name no other. */
  readonly severity: Severity;
  readonly outcome: CheckOutcome;
}

/** A kind that was not read, or only in part. */
export interface CoverageGap {
  /** `secrets`, `networkpolicies.networking.k8s.io`, `/metrics` */
  readonly what: string;
  readonly cause: 'forbidden' | 'failed' | 'notAsked' | 'incomplete';
  /** A sentence. */
  readonly reason: Sentence;
  /** What would unlock it. */
  readonly permission?: Permission;
}
