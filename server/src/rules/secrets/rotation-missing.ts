import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Ninety days: cert-manager's own default for `duration`. */
const longestHours = 2160;

export const rule = defineRule({
  id: 'secrets/rotation-missing',
  summary: 'Secret or certificate that is not renewed in time',
  severity: 'info',
  profile: 'all',
  guide: 2,
  why:
    'A credential that changes regularly is of use to a thief only for a while. An ExternalSecret that is never refreshed keeps ' +
    'what was in the store when it was created, and a certificate of years, or one renewed with the same key, stays usable as long.',
  whenNot: 'Where a restart or another system does the rotation; suppress it with that reason.',
  references: {
    urls: [
      'https://external-secrets.io/latest/api/externalsecret/',
      'https://cert-manager.io/docs/usage/certificate/#issuance-behavior-rotation-of-the-private-key',
    ],
  },
  fixClass: 'review',
  messages: {
    neverRefreshed:
      'ExternalSecret "{name}" is fetched once and never again, so a rotated value does not reach the cluster.',
    longDuration: 'Certificate "{name}" is valid for {duration}, so a stolen key works for longer than 90 days.',
    sameKey: 'Certificate "{name}" is renewed with the same private key, so a stolen key outlives every renewal.',
  },
  subject: 'resource',
  kinds: ['ExternalSecret.external-secrets.io', 'Certificate.cert-manager.io'],
  judge({ kind, name, spec }, report) {
    if (kind === 'ExternalSecret') {
      const interval = spec.get('refreshInterval');
      const policy = spec.get('refreshPolicy');
      const args = { name };
      if (policy.string === 'CreatedOnce') {
        report({ at: policy, message: 'neverRefreshed', args, fixes: () => [replace(policy, 'Periodic')] });
      } else if (/^0+[a-z]*$/.test(interval.string ?? String(interval.number ?? ''))) {
        report({ at: interval, message: 'neverRefreshed', args, fixes: () => [replace(interval, '1h')] });
      }
      return;
    }
    const duration = spec.get('duration');
    if (hoursOf(duration.string ?? '') > longestHours) {
      report({
        at: duration,
        message: 'longDuration',
        args: { name, duration: duration.string ?? '' },
        fixes: () => [replace(duration, `${longestHours}h`)],
      });
    }
    const rotation = spec.get('privateKey', 'rotationPolicy');
    if (rotation.string === 'Never')
      report({ at: rotation, message: 'sameKey', args: { name }, fixes: () => [replace(rotation, 'Always')] });
  },
});

function replace(node: ManifestNode, value: string): Fix {
  return {
    fixClass: 'review',
    title: `Set ${String(node.path.at(-1))}: ${value} (what the cluster runs with changes at the next renewal)`,
    operations: [{ op: 'set', node, value }],
    isPreferred: true,
  };
}

/** The hours of a Go duration (`8760h`, `90h30m`); 0 for anything else. */
function hoursOf(duration: string): number {
  if (!/^(?:\d+(?:\.\d+)?[hms])+$/.test(duration)) return 0;
  const perHour: Readonly<Record<string, number>> = { h: 1, m: 60, s: 3600 };
  return [...duration.matchAll(/(\d+(?:\.\d+)?)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) / (perHour[unit ?? ''] ?? 1),
    0,
  );
}
