import { providerNames, providerOf, supportOf } from '../../../kubernetes/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, notVerifiable, pass, unseenOutcome } from '../outcomes.ts';

export const supportedVersion: ClusterCheck = {
  id: 'upgrade/kubernetes-version-eol',
  guide: 7,
  summary: 'The Kubernetes version gets security patches',
  evidence: '`/version`, and a table of support dates',
  severity: 'warning',
  why: 'The project patches the newest three minor releases. A flaw in an older one stays open.',
  references: ['C-0273', 'NSA'],
  needs: [mayList('', 'nodes')],
  judge(evidence) {
    const { version, scannedAt } = evidence;
    if (version.kind === 'unseen') return unseenOutcome(version);
    const { minor, gitVersion } = version.value;
    const today = scannedAt.slice(0, 10);
    const support = supportOf(minor, today);
    const provider = providerOf(evidence);
    switch (support.kind) {
      case 'supported':
        return pass(`${gitVersion} is supported until ${support.endOfLife}.`);
      case 'unknown':
        return notVerifiable(
          `The support dates that are known here were read on ${support.asOf} and do not decide about ${gitVersion}.`,
          ['A newer version of this extension knows newer dates.'],
        );
      case 'ended': {
        // Providers patch longer than the project, for a fee or without.
        if (provider !== 'selfManaged') {
          const name = providerNames[provider];
          return notVerifiable(
            `The project ended its support of 1.${minor} on ${support.endOfLife}; ${name} has dates of its own.`,
            [`${name} shows until when it supports this version.`],
          );
        }
        const yearAfter = `${Number(support.endOfLife.slice(0, 4)) + 1}${support.endOfLife.slice(4)}`;
        const message = `${gitVersion} has had no security patches since ${support.endOfLife}.`;
        return fail({ message, ...(yearAfter < today ? { severity: 'error' } : {}) });
      }
    }
  },
};
