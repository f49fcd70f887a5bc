import { eksRelease, providerNames, providerOf, supportOf } from '../../../kubernetes/index.ts';
import type { CheckOutcome, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, notVerifiable, pass, unseenOutcome } from '../outcomes.ts';

export const supportedVersion: ClusterCheck = {
  id: 'upgrade/kubernetes-version-eol',
  guide: 7,
  summary: 'The Kubernetes version gets security patches',
  evidence: '`/version`, and tables of support dates of the project and of EKS',
  severity: 'warning',
  why: 'The project patches the newest three minor releases. A flaw in an older one stays open.',
  references: ['C-0273', 'NSA'],
  needs: [mayList('', 'nodes')],
  judge(evidence) {
    const { version, scannedAt } = evidence;
    if (version.kind === 'unseen') return unseenOutcome(version);
    const { minor, gitVersion } = version.value;
    const today = scannedAt.slice(0, 10);
    const provider = providerOf(evidence);
    const ofEks = provider === 'eks' ? onEks(minor, gitVersion, today) : undefined;
    if (ofEks !== undefined) return ofEks;
    const support = supportOf(minor, today);
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

/** Amazon patches longer than the project, and after that for a fee. */
function onEks(minor: number, gitVersion: string, today: string): CheckOutcome | undefined {
  const release = eksRelease(minor);
  if (release === undefined) return undefined;
  const { standardEnd, extendedEnd } = release;
  if (today <= standardEnd) return pass(`Amazon EKS supports ${gitVersion} until ${standardEnd}.`);
  if (today <= extendedEnd) {
    const message = `The standard support of Amazon EKS for ${gitVersion} ended on ${standardEnd}; until ${extendedEnd} it is patched at extra cost.`;
    return fail({ message, severity: 'info' });
  }
  return fail({
    message: `The support of Amazon EKS for ${gitVersion} ended on ${extendedEnd}, and its control plane is upgraded whether or not everything is ready for it.`,
  });
}
