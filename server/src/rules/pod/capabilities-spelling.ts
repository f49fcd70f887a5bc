import { type MisspeltCapability, misspeltCapabilities } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/capabilities-spelling',
  summary: 'Capability written with CAP_ prefix or lower case',
  severity: 'error',
  profile: 'guide',
  why:
    'Kubernetes spells capabilities in capitals and without `CAP_`. Pod Security admission compares them literally, so a harmless one in ' +
    'another spelling is refused. containerd puts `CAP_` before every name, so `CAP_NET_RAW` becomes `CAP_CAP_NET_RAW`, which drops or ' +
    'grants nothing.',
  whenNot: 'There is no reason to keep it.',
  references: {
    pss: [
      { check: 'capabilities_baseline', level: 'baseline' },
      { check: 'capabilities_restricted', level: 'restricted' },
    ],
    urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  },
  fixClass: 'safe',
  reveals: ['pod/capabilities-add-restricted'],
  messages: {
    addPrefix:
      'Container "{container}" adds "{written}", which Kubernetes spells {name}, so admission refuses it and some runtimes grant nothing.',
    addCase: 'Container "{container}" adds "{written}", which Kubernetes spells {name}, so admission refuses it.',
    addUnknown: 'Container "{container}" adds "{written}", which is no capability of Linux, so admission refuses it.',
    dropPrefix:
      'Container "{container}" drops "{written}", which Kubernetes spells {name}, so some runtimes do not take it away.',
    dropCase:
      'Container "{container}" drops "{written}", which Kubernetes spells {name}, so policies that compare names take it for kept.',
    dropUnknown:
      'Container "{container}" drops "{written}", which is no capability of Linux, so nothing is taken from it.',
  },
  subject: 'container',
  judge(container, report) {
    for (const capability of misspeltCapabilities(container)) {
      const { list, node, written, name, hasPrefix } = capability;
      const how = name === undefined ? 'Unknown' : hasPrefix ? 'Prefix' : 'Case';
      // What is not dropped is what restricted alone forbids; in the wrong case it is dropped all the same.
      const ofDrop = how === 'Case' ? 'info' : 'warning';
      report({
        at: node,
        message: `${list}${how}`,
        args: { container: container.name, written, name: name ?? '' },
        severity: list === 'add' ? 'error' : ofDrop,
        fixes: () => fixesOf(capability, container.name),
      });
    }
  },
});

/**
 * In the wrong case a name works all the same; the prefix keeps containerd from granting or taking the capability. What a
 * list was to drop by an unknown name only its author knows.
 */
function fixesOf({ list, node, written, name, hasPrefix }: MisspeltCapability, container: string): readonly Fix[] {
  if (name === undefined) {
    const title = `Remove the capability "${written}" of container "${container}"`;
    const operations = [{ op: 'remove', node }] as const;
    return list === 'add' ? [{ fixClass: 'hardening', title, operations, isPreferred: true }] : [];
  }
  const isGranted = list === 'add' && hasPrefix;
  return [
    {
      fixClass: isGranted ? 'review' : hasPrefix ? 'hardening' : 'safe',
      title: isGranted
        ? `Write ${name} (check first that container "${container}" needs the capability, which it is now granted)`
        : `Write ${name} for "${written}"`,
      operations: [{ op: 'set', node, value: name }],
      isPreferred: true,
    },
  ];
}
