/** Until when Amazon patches a minor on EKS; dates are YYYY-MM-DD. */
export interface EksRelease {
  readonly minor: number;
  readonly standardEnd: string;
  /** Costs more; after it EKS upgrades the control plane by itself. */
  readonly extendedEnd: string;
}

/** docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html (by endoflife.date, read in February 2026). */
const releases: readonly EksRelease[] = [
  { minor: 35, standardEnd: '2027-03-27', extendedEnd: '2028-03-27' },
  { minor: 34, standardEnd: '2026-12-02', extendedEnd: '2027-12-02' },
  { minor: 33, standardEnd: '2026-07-29', extendedEnd: '2027-07-29' },
  { minor: 32, standardEnd: '2026-03-23', extendedEnd: '2027-03-23' },
];

/** Undefined for a minor whose dates are not known here. */
export function eksRelease(minor: number): EksRelease | undefined {
  return releases.find((release) => release.minor === minor);
}
