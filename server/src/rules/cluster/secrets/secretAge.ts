import { isSystemNamespace, type Resource, type ResourceIdentity } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, passIfAllRead, unseenSecrets } from '../outcomes.ts';

const needs = [mayList('', 'secrets')];

const year = 365 * 24 * 60 * 60 * 1000;

/** That a Secret was written says not that its values changed; that nobody wrote it for a year says that they did not. */
export const secretAge: ClusterCheck = {
  id: 'secrets/not-rotated',
  guide: 2,
  summary: 'Every Secret has been written within a year',
  evidence: 'when Secrets were made and last written, by their metadata (only where the settings allow it)',
  severity: 'info',
  why: 'Whoever has ever seen a credential can use it until it is changed: a colleague who left, a backup, a log.',
  references: ['CIS 5.4.2', 'NSA'],
  needs,
  judge(evidence) {
    const secrets = evidence.resources('Secret');
    if (secrets.kind === 'unseen') return unseenSecrets(secrets);
    const kept = new Set(secrets.value.filter(holdsCredentials).map(placeOf));
    const now = Date.parse(evidence.scannedAt);
    const old = evidence.secretTraces
      .filter(({ secret, lastWritten = '' }) => kept.has(placeOf(secret)) && now - Date.parse(lastWritten) > year)
      .map(({ secret }) => placeOf(secret));
    if (old.length === 0)
      return passIfAllRead(
        sentence('Every Secret outside of the system has been written within a year.'),
        needs,
        secrets,
      );
    const message =
      old.length === 1
        ? sentence(
            'One Secret has not been written for more than a year ({secrets}), so whoever has ever seen the credentials in there can still use them.',
            { secrets: old },
          )
        : sentence(
            '{count} Secrets have not been written for more than a year ({secrets}), so whoever has ever seen the credentials in there can still use them.',
            { count: old.length, secrets: fewOf(old) },
          );
    return fail({ message });
  },
};

/** Tokens of service accounts have a check of their own, and releases of Helm are no credentials. */
function holdsCredentials({ namespace, annotations, labels }: Resource): boolean {
  return (
    !isSystemNamespace(namespace) &&
    !annotations.has('kubernetes.io/service-account.name') &&
    labels.get('owner') !== 'helm'
  );
}

function placeOf({ namespace, name }: Pick<ResourceIdentity, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
