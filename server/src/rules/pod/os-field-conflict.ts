import { foreignFields, knownOsNames, type PodSpec } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/os-field-conflict',
  summary: "Field that the pod's operating system does not have",
  severity: 'error',
  profile: 'guide',
  why:
    'A pod that names its operating system in `os.name` may not set security fields of the other one: the API server refuses ' +
    'the whole object. A Linux hardening that is copied into a Windows pod therefore hardens nothing.',
  whenNot: 'There is no reason to keep it: Kubernetes accepts no such pod.',
  references: { urls: ['https://kubernetes.io/docs/concepts/workloads/pods/#pod-os'] },
  fixClass: 'review',
  messages: {
    pod: 'The pod sets {field}, which the API server refuses for a pod with os.name {os}.',
    container: 'Container "{container}" sets {field}, which the API server refuses for a pod with os.name {os}.',
    unknownOs: 'The API server knows no operating system "{os}", so it refuses the pod.',
    noName: 'The API server refuses a pod whose os has no name.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, field, container } of foreignFields(podSpec)) {
      report({
        at: node.keyPlace,
        message: container === '' ? 'pod' : 'container',
        args: { field, container, os: podSpec.osName },
        fixes: () => [
          {
            fixClass: 'review',
            title: `Remove ${field} (check first that os.name: ${podSpec.osName} is right)`,
            operations: [{ op: 'remove', node }],
            isPreferred: true,
          },
        ],
      });
    }
    const os = podSpec.node.get('os');
    const name = os.get('name');
    if (os.type === 'map' && name.isMissing) report({ at: os, message: 'noName' });
    else if (name.string !== undefined && !knownOsNames.includes(name.string)) {
      report({ at: name, message: 'unknownOs', args: { os: name.string }, fixes: () => osFixes(podSpec) });
    }
  },
});

/** A name that is right but for its case. */
function osFixes(podSpec: PodSpec): readonly Fix[] {
  const meant = podSpec.osName.toLowerCase();
  if (!knownOsNames.includes(meant)) return [];
  const operations = [{ op: 'set', node: podSpec.node.get('os', 'name'), value: meant }] as const;
  return [{ fixClass: 'safe', title: `Set os.name: ${meant}`, operations, isPreferred: true }];
}
