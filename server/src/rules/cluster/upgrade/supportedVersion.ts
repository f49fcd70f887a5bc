import { eksRelease, providerNames, providerOf, supportOf } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
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
        return pass(
          sentence('{version} is supported until {endOfLife}.', {
            version: gitVersion,
            endOfLife: support.endOfLife,
          }),
        );
      case 'unknown':
        return notVerifiable(
          sentence('The support dates that are known here were read on {asOf} and do not decide about {version}.', {
            asOf: support.asOf,
            version: gitVersion,
          }),
          [sentence('A newer version of this extension knows newer dates.')],
        );
      case 'ended': {
        // Providers patch longer than the project, for a fee or without.
        if (provider !== 'selfManaged') {
          const name = providerNames[provider];
          return notVerifiable(
            sentence('The project ended its support of 1.{minor} on {endOfLife}; {provider} has dates of its own.', {
              minor,
              endOfLife: support.endOfLife,
              provider: name,
            }),
            [sentence('{provider} shows until when it supports this version.', { provider: name })],
          );
        }
        const yearAfter = `${Number(support.endOfLife.slice(0, 4)) + 1}${support.endOfLife.slice(4)}`;
        const message = sentence('{version} has had no security patches since {endOfLife}.', {
          version: gitVersion,
          endOfLife: support.endOfLife,
        });
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
  if (today <= standardEnd)
    return pass(sentence('Amazon EKS supports {gitVersion} until {standardEnd}.', { gitVersion, standardEnd }));
  if (today <= extendedEnd) {
    const message = sentence(
      'The standard support of Amazon EKS for {gitVersion} ended on {standardEnd}; until {extendedEnd} it is patched at extra cost.',
      { gitVersion, standardEnd, extendedEnd },
    );
    return fail({ message, severity: 'info' });
  }
  return fail({
    message: sentence(
      'The support of Amazon EKS for {gitVersion} ended on {extendedEnd}, and its control plane is upgraded whether or not everything is ready for it.',
      { gitVersion, extendedEnd },
    ),
  });
}
