import type { Resource } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenSecrets } from '../outcomes.ts';

const needs = [mayList('', 'secrets')];

/** Longer than `helm --wait` waits by default, many times over. */
const patience = 60 * 60;

/**
 * Helm labels the Secrets in which it keeps releases with their name, status, revision and time (helm/helm,
 * pkg/storage/driver/secrets.go), so that their values need not be read.
 */
export const helmReleases: ClusterCheck = {
  id: 'upgrade/helm-release-failed',
  guide: 7,
  summary: 'The last revision of every Helm release was installed',
  evidence: 'labels of the Secrets of Helm (only where the settings allow it)',
  severity: 'warning',
  why: 'After an upgrade that failed, a part of the old version runs and a part of the new, and the fix that it was to bring may be missing.',
  references: ['helm.sh/docs/helm/helm_status'],
  needs,
  judge(evidence) {
    const secrets = evidence.resources('Secret');
    if (secrets.kind === 'unseen') return unseenSecrets(secrets);
    const latest = new Map<string, Resource>();
    for (const secret of secrets.value.filter(isRelease)) {
      const release = `${secret.namespace}/${secret.labels.get('name')}`;
      const known = latest.get(release);
      if (known === undefined || revisionOf(secret) > revisionOf(known)) latest.set(release, secret);
    }
    const now = Date.parse(evidence.scannedAt) / 1000;
    const failures = [...latest].flatMap(([release, secret]) => failureOf(release, secret, now));
    if (failures.length > 0) return fail(...failures);
    const because =
      latest.size === 0
        ? sentence('Helm keeps no release in this cluster.')
        : sentence('No release of Helm has failed or hangs.');
    return passIfAllRead(because, needs, secrets);
  },
};

function isRelease({ labels }: Resource): boolean {
  return labels.get('owner') === 'helm' && labels.has('name') && labels.has('status');
}

function revisionOf({ labels }: Resource): number {
  return Number(labels.get('version') ?? 0);
}

function failureOf(release: string, secret: Resource, now: number): readonly CheckFailure[] {
  const { labels } = secret;
  const status = labels.get('status') ?? '';
  const since = Number(labels.get('modifiedAt') ?? labels.get('createdAt'));
  const revision = labels.get('version') ?? '';
  if (status === 'failed') {
    return [
      {
        message: sentence(
          'Revision {revision} of the Helm release {release} failed, so it is not sure which version of what belongs to it runs.',
          { revision, release },
        ),
      },
    ];
  }
  // One that hangs blocks every later upgrade, until somebody rolls it back.
  if (!status.startsWith('pending-') || !(now - since > patience)) return [];
  return [
    {
      message: sentence(
        'Revision {revision} of the Helm release {release} has been {status} since {since}, and until somebody rolls it back nothing of it can be upgraded.',
        { revision, release, status, since: new Date(since * 1000).toISOString().slice(0, 10) },
      ),
    },
  ];
}
