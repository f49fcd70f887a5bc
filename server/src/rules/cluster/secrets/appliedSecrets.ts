import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenSecrets } from '../outcomes.ts';

const needs = [mayList('', 'secrets')];

/** While reading, the annotation is reduced to whether it holds data; neither it nor a value is kept. */
export const appliedSecrets: ClusterCheck = {
  id: 'secrets/last-applied-leak',
  guide: 2,
  summary: 'No annotation repeats the data of a Secret',
  evidence: 'metadata of Secrets (only where the settings allow it)',
  severity: 'error',
  why: 'Client-side `kubectl apply` copies the whole manifest into an annotation. `kubectl describe` shows annotations, and the copy keeps the old value when somebody else changes the Secret.',
  references: ['kubernetes.io/docs/reference/using-api/server-side-apply'],
  needs,
  judge(evidence) {
    const secrets = evidence.resources('Secret');
    if (secrets.kind === 'unseen') return unseenSecrets(secrets);
    const leaking = evidence.secretTraces.filter(({ repeatsData }) => repeatsData);
    if (leaking.length === 0)
      return passIfAllRead(sentence('No annotation repeats the data of its Secret.'), needs, secrets);
    return fail(
      ...leaking.map(({ secret }) => ({
        message: sentence(
          'An annotation of Secret {namespace}/{name} repeats its data, and "kubectl describe" shows annotations.',
          { namespace: secret.namespace, name: secret.name },
        ),
        object: secret,
      })),
    );
  },
};
