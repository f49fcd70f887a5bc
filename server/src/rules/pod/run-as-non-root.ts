import {
  type Container,
  hasNonRootUser,
  type PodSpec,
  type RunAsNonRootViolation,
  reachArguments,
  runAsNonRootViolations,
} from '../../kubernetes/index.ts';
import type { FixOperation } from '../../manifest/index.ts';
import { defineRule, type Fix, type Severity } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/run-as-non-root',
  summary: 'Container may run as root',
  severity: 'warning',
  profile: 'restricted',
  why:
    'Root in a container is root on the node once the container is escaped, and inside it may change everything the image holds. ' +
    'With `runAsNonRoot: true` the kubelet refuses to start a container as user 0, whatever the image says.',
  whenNot: 'Images that must start as root do not run with it; have the image changed first, or keep them apart.',
  references: {
    pss: [{ check: 'runAsNonRoot', level: 'restricted' }],
    cis: ['5.2.7'],
    nsa: true,
    peers: [
      'C-0013',
      'CKV_K8S_23',
      'KA:RunAsNonRootCSCFalse',
      'KA:RunAsNonRootPSCFalseCSCNil',
      'KA:RunAsNonRootPSCNilCSCNil',
      'KICS:Container Running As Root',
      'KL:run-as-non-root',
      'KSEC:RunAsNonRoot',
      'KSV-0012',
      'PO:runAsRootAllowed',
      'SNYK-CC-K8S-10',
    ],
  },
  fixClass: 'hardening',
  overrides: ['pod/security-context-missing'],
  reveals: ['pod/run-as-low-uid'],
  messages: {
    unset: 'Container "{container}" may run as root, because neither it nor its pod sets runAsNonRoot to true.',
    container: 'Container "{container}" sets runAsNonRoot to false, so it may run as root.',
    override:
      'Container "{container}" sets runAsNonRoot to false instead of the {inherited} of its pod, so it may run as root.',
    heirs:
      'The pod sets runAsNonRoot to false, inherited by {containers}, so nothing keeps processes there from running as root.',
    nobody:
      'The pod sets runAsNonRoot to false, which Pod Security admission refuses although every container sets its own.',
    unsure: 'The pod sets runAsNonRoot to false, so containers that do not set it may run as root.',
    user: 'Container "{container}" runs as user {user}, but nothing keeps it from running as root once that changes, because runAsNonRoot is not true.',
    userOfPod:
      'Container "{container}" runs as user {user}, which its pod sets, but nothing keeps it from running as root once that changes, because runAsNonRoot is not true.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const violation of runAsNonRootViolations(podSpec, version)) {
      const fixes = (): readonly Fix[] => [fixOf(podSpec, violation)];
      const { node } = violation;
      if (violation.kind === 'pod-false') {
        const severity: Severity = podSpec.containers.every(hasNonRootUser) ? 'info' : 'warning';
        const { reach } = violation;
        report({ at: node, message: reach.kind, args: reachArguments(reach), severity, fixes });
        continue;
      }
      const { container } = violation;
      const { node: userNode, origin } = container.effective('runAsUser');
      const user = userNode.number ?? 0;
      if (user > 0) {
        const message = origin === 'pod' ? 'userOfPod' : 'user';
        report({ at: node, message, args: { container: container.name, user }, severity: 'info', fixes });
      } else if (violation.kind === 'unset') {
        report({ at: node, message: 'unset', args: { container: container.name }, fixes });
      } else {
        const { reach } = violation;
        report({ at: node, message: reach.kind, args: reachArguments(reach), fixes });
      }
    }
  },
});

/**
 * Sets the pod's `runAsNonRoot` and takes away what contradicts it: the container's own false, and a `runAsUser: 0` of
 * containers that it comes to hold for, since the kubelet would not start them.
 */
function fixOf(podSpec: PodSpec, violation: RunAsNonRootViolation): Fix {
  const ofPod = podSpec.securityContext.get('runAsNonRoot');
  if (violation.kind === 'container-false' && ofPod.isUnknown) {
    return {
      fixClass: 'hardening',
      title: `Set runAsNonRoot: true on container "${violation.container.name}"`,
      operations: [{ op: 'set', node: violation.node, value: true }, ...withoutRootUser(violation.container)],
      isPreferred: true,
    };
  }
  const operations: FixOperation[] = [];
  if (ofPod.boolean !== true) operations.push({ op: 'set', node: ofPod, value: true });
  if (violation.kind === 'container-false') operations.push({ op: 'remove', node: violation.node });
  const rootOfPod = podSpec.securityContext.get('runAsUser');
  if (rootOfPod.number === 0) operations.push({ op: 'remove', node: rootOfPod });
  for (const container of podSpec.containers) {
    const isThis = violation.kind !== 'pod-false' && violation.container === container;
    if (isThis || container.securityContext.get('runAsNonRoot').isMissing) {
      operations.push(...withoutRootUser(container));
    }
  }
  const title =
    violation.kind === 'container-false' && ofPod.boolean === true
      ? `Let container "${violation.container.name}" inherit runAsNonRoot: true`
      : 'Set runAsNonRoot: true for the pod';
  return { fixClass: 'hardening', title, operations, isPreferred: true };
}

function withoutRootUser(container: Container): readonly FixOperation[] {
  const user = container.securityContext.get('runAsUser');
  return user.number === 0 ? [{ op: 'remove', node: user }] : [];
}
