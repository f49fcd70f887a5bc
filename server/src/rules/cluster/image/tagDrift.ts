import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('', 'pods')];

export const tagDrift: ClusterCheck = {
  id: 'image/tag-drift',
  guide: 5,
  summary: 'Pods of one workload run one and the same image',
  evidence: 'digests of running containers',
  severity: 'warning',
  why: 'A tag that was moved while pods were starting leaves replicas with different code under one name; only a digest names one image.',
  references: ['C-0306'],
  needs,
  judge({ pods }) {
    if (pods.kind === 'unseen') return unseenOutcome(pods);
    const failures = pods.value.flatMap(({ controller, images }): readonly CheckFailure[] =>
      images
        .filter(({ digests }) => digests.length > 1)
        .map(({ container, reference, digests }) => ({
          message: sentence(
            'Container "{container}" of {workload} runs {count} different images under the name {reference}.',
            {
              container,
              workload: `${controller.kind} ${controller.namespace}/${controller.name}`,
              count: digests.length,
              reference,
            },
          ),
          object: controller,
        })),
    );
    return failures.length > 0
      ? fail(...failures)
      : passIfAllRead(sentence('No running workload has different images under one name.'), needs, pods);
  },
};
