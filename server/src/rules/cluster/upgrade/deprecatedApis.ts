import { type ClusterEvidence, samplesOf } from '../../../kubernetes/index.ts';
import { sentence, together } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayReadMetrics, notVerifiable, pass } from '../outcomes.ts';

export const deprecatedApis: ClusterCheck = {
  id: 'upgrade/deprecated-apis-in-use',
  guide: 7,
  summary: 'Nobody asks for APIs that a later release removes',
  evidence: 'the metric `apiserver_requested_deprecated_apis`, then the `managedFields` of what was read',
  severity: 'warning',
  why: 'Whoever still asks for a removed API fails on the day of the upgrade, which then is put off, security fixes with it.',
  references: ['POP-107'],
  needs: [mayReadMetrics],
  judge(evidence) {
    const { metrics, version } = evidence;
    if (metrics.kind === 'unseen') {
      const written = writtenInRetiring(evidence);
      if (written.length > 0) return fail(...written);
      return notVerifiable(
        together(metrics.reason, sentence('The API server counts there who asks for deprecated APIs.')),
        [mayReadMetrics],
      );
    }
    // Set for as long as the API server runs (apiserver/pkg/endpoints/metrics/metrics.go).
    const asked = samplesOf(metrics.value, 'apiserver_requested_deprecated_apis').filter(
      ({ labels, value }) => value > 0 && (labels.removed_release ?? '') !== '',
    );
    if (asked.length === 0)
      return pass(sentence('No API with a date of removal has been asked for since the API server started.'));
    const running = version.kind === 'seen' ? version.value.minor : undefined;
    return fail(
      ...asked.map(({ labels }): CheckFailure => {
        const { group = '', version: apiVersion = '', resource = '', removed_release: removed = '' } = labels;
        const minor = Number(removed.split('.')[1]);
        const isNext = running !== undefined && minor <= running + 1;
        const name = `${resource}.${apiVersion}${group === '' ? '' : `.${group}`}`;
        return {
          message: sentence('Somebody asks for {name}, which Kubernetes {removed} removes.', { name, removed }),
          ...(isNext ? { severity: 'error' } : {}),
        };
      }),
    );
  },
};

/** What is still served and was written in a version with an end: whoever wrote it does so again, as far as is known. */
function writtenInRetiring({ retiringWrites, version }: ClusterEvidence): readonly CheckFailure[] {
  if (version.kind === 'unseen') return [];
  const { emulatedMinor } = version.value;
  return retiringWrites
    .filter(({ removed }) => removed > emulatedMinor)
    .map(({ object, apiVersion, manager, time, removed }): CheckFailure => {
      const place = object.namespace === '' ? object.name : `${object.namespace}/${object.name}`;
      const args = { manager, kind: object.kind, place, apiVersion, removed: `1.${removed}` };
      return {
        message:
          time === undefined
            ? sentence('{manager} wrote {kind} {place} in {apiVersion}, which Kubernetes {removed} removes.', args)
            : sentence(
                '{manager} wrote {kind} {place} in {apiVersion} on {date}, which Kubernetes {removed} removes.',
                { ...args, date: time.slice(0, 10) },
              ),
        ...(removed <= emulatedMinor + 1 ? { severity: 'error' } : {}),
        object,
      };
    });
}
