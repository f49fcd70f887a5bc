import { collectedKinds } from '../../../server/src/cluster/collection/collectedKinds.ts';
import { type ClusterEvidence, describePermission, type Permission } from '../../../server/src/kubernetes/index.ts';

/** What of the evidence was asked for, in the words of permissions; what needs none is left out. */
export interface RecordedReads {
  readonly evidence: ClusterEvidence;
  /** As `describePermission` says it. */
  readonly reads: ReadonlySet<string>;
}

const pods: Permission = { kind: 'resource', group: '', resource: 'pods', verbs: ['list'] };

export function recordReads(evidence: ClusterEvidence): RecordedReads {
  const reads = new Set<string>();
  const note = (permission: Permission) => reads.add(describePermission(permission));
  const recording: ClusterEvidence = {
    ...evidence,
    get flags() {
      note({ kind: 'url', path: '/flagz' });
      return evidence.flags;
    },
    get metrics() {
      note({ kind: 'url', path: '/metrics' });
      return evidence.metrics;
    },
    get pods() {
      note(pods);
      return evidence.pods;
    },
    resources: (groupKind) => {
      const kind = collectedKinds.find(({ group, kind }) => (group === '' ? kind : `${kind}.${group}`) === groupKind);
      if (kind === undefined) throw new Error(`${groupKind} is never collected.`);
      const { group, resource, namespace } = kind;
      note({ kind: 'resource', group, resource, verbs: ['list'], ...(namespace === undefined ? {} : { namespace }) });
      return evidence.resources(groupKind);
    },
  };
  return { evidence: recording, reads };
}
