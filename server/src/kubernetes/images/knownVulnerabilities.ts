import type { ImageReference } from './imageReference.ts';
import { compareVersions, parseVersion, tagVersion } from './imageVersion.ts';

/** A flaw of a cluster's own program that whoever reaches it can use against the cluster. */
export interface KnownVulnerability {
  readonly cve: string;
  /** For messages: `Argo CD`. */
  readonly product: string;
  /** What it lets somebody do, as the end of "which lets ...". */
  readonly effect: string;
}

interface AffectedVersions extends KnownVulnerability {
  /** The path of the image, without its registry: projects publish to several. */
  readonly path: RegExp;
  /** From, inclusive, to the release with the fix, exclusive. */
  readonly ranges: readonly (readonly [from: string, fixed: string])[];
}

/**
 * Few and certain, by the advisories of the projects themselves, as of 2026-11-25. No substitute for an image scanner,
 * which knows the packages inside an image.
 */
const vulnerabilities: readonly AffectedVersions[] = [
  {
    // https://github.com/kubernetes/kubernetes/issues/131009
    cve: 'CVE-2025-1974',
    product: 'ingress-nginx',
    effect: 'anybody on the pod network run code in the controller and read every Secret it can read',
    path: /^ingress-nginx\/controller(?:-chroot)?$/,
    ranges: [
      ['0', '1.11.5'],
      ['1.12.0', '1.12.1'],
    ],
  },
  {
    // https://github.com/argoproj/argo-cd/security/advisories/GHSA-63qx-x74g-jcr7
    cve: 'CVE-2022-24348',
    product: 'Argo CD',
    effect: 'a crafted Helm chart read the files of other applications',
    path: /^argoproj\/argocd$/,
    ranges: [
      ['0', '2.1.9'],
      ['2.2.0', '2.2.4'],
    ],
  },
  {
    // https://grafana.com/blog/2022/11/08/security-release-new-versions-of-grafana-with-critical-and-moderate-fixes-for-cve-2022-39328-cve-2022-39307-and-cve-2022-39306/
    cve: 'CVE-2022-39328',
    product: 'Grafana',
    effect: 'an unauthenticated user reach endpoints of others under load',
    path: /^grafana\/grafana(?:-oss|-enterprise)?$/,
    ranges: [['9.2.0', '9.2.4']],
  },
  {
    // https://github.com/kyverno/kyverno/security/advisories/GHSA-m3cq-xcx9-3gvm
    cve: 'CVE-2022-47633',
    product: 'Kyverno',
    effect: 'a malicious registry have an unsigned image admitted',
    path: /^kyverno\/kyverno$/,
    ranges: [['1.8.3', '1.8.5']],
  },
];

/** The flaw that an image's version is known to have. A tag that does not name the whole version tells nothing. */
export function knownVulnerability(reference: ImageReference): KnownVulnerability | undefined {
  const version = tagVersion(reference);
  if (version === undefined || version.length < 3) return undefined;
  const path = reference.normalizedRepository.slice(reference.normalizedRepository.indexOf('/') + 1);
  return vulnerabilities.find(
    (one) =>
      one.path.test(path) &&
      one.ranges.some(
        ([from, fixed]) =>
          compareVersions(version, parseVersion(from)) >= 0 && compareVersions(version, parseVersion(fixed)) < 0,
      ),
  );
}
