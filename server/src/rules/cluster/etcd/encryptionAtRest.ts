import {
  apiServerFlags,
  type ClusterEvidence,
  openShiftCluster,
  providerNames,
  providerOf,
  resourceIdentity,
  samplesOf,
  sourcesOf,
} from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckOutcome, ClusterCheck } from '../clusterCheck.ts';
import { fail, flagsReadFrom, mayList, mayReadFlags, mayReadMetrics, notVerifiable, pass } from '../outcomes.ts';

/**
 * The API gives Secrets out as plain text whether or not they are encrypted in etcd, so looking at them proves nothing.
 * What the API server counts does (apiserver/pkg/storage/value/metrics.go).
 */
export const encryptionAtRest: ClusterCheck = {
  id: 'etcd/encryption-at-rest',
  guide: 4,
  summary: 'Secrets are encrypted in etcd',
  evidence:
    'the metric `apiserver_storage_transformation_operations_total`, then what K3s says of itself, then the flags of the API servers, then what OpenShift says of itself',
  severity: 'error',
  why: 'Without encryption at rest everybody who reads a disk, a snapshot or a backup of etcd reads every Secret.',
  references: ['CIS 1.2.27', 'CKV_K8S_104', 'C-0066'],
  needs: [mayReadMetrics, ...flagsReadFrom, mayList('config.openshift.io', 'apiservers')],
  judge(evidence) {
    return (
      fromMetrics(evidence) ??
      fromK3s(evidence) ??
      fromFlags(evidence) ??
      fromOpenShift(evidence) ??
      fromProvider(evidence) ??
      unknown(evidence)
    );
  },
};

const transformations = 'apiserver_storage_transformation_operations_total';

function fromMetrics({ metrics }: ClusterEvidence): CheckOutcome | undefined {
  if (metrics.kind === 'unseen') return undefined;
  const written = samplesOf(metrics.value, transformations).filter(
    ({ labels, value }) =>
      labels.resource === 'secrets' &&
      labels.transformation_type === 'to_storage' &&
      labels.status === 'OK' &&
      value > 0,
  );
  const prefixes = new Set(written.map(({ labels }) => labels.transformer_prefix ?? ''));
  // Only an encryption configuration makes the API server count; the provider `identity` has no prefix.
  const isPlain = prefixes.has('');
  if (isPlain && prefixes.size === 1) {
    return fail({
      message: sentence(
        'The API server has an encryption configuration and yet writes Secrets as plain text: its first provider for them is identity.',
      ),
    });
  }
  if (isPlain) {
    return notVerifiable(
      sentence(
        'The API server has written Secrets both encrypted and as plain text since it started, so its configuration was changed meanwhile.',
      ),
      [sentence('The metrics after its next restart show what it writes now.')],
    );
  }
  const weak = [...prefixes].find((prefix) => /^k8s:enc:aes(?:cbc|gcm):/.test(prefix));
  if (weak !== undefined) {
    const [, , provider = ''] = weak.split(':');
    return fail({
      message: sentence(
        'Secrets are encrypted with {provider}, whose key lies in a file beside the data; KMS v2 keeps it elsewhere, and secretbox is the stronger cipher.',
        { provider },
      ),
      severity: 'info',
    });
  }
  const encrypted = [...prefixes].find((prefix) => prefix.startsWith('k8s:enc:'));
  if (encrypted === undefined) return undefined;
  const provider = encrypted.split(':').slice(2, 4).join(' ');
  return pass(sentence('The API server has written Secrets with {provider}, as its metrics count.', { provider }));
}

function fromFlags(evidence: ClusterEvidence): CheckOutcome | undefined {
  const servers = apiServerFlags(evidence);
  if (servers.length === 0) return undefined;
  const without = servers.filter((server) => server.value('encryption-provider-config') === undefined);
  if (without.length > 0) {
    return fail({
      message: sentence(
        'The API server is started without --encryption-provider-config ({sources}), so Secrets lie in etcd as plain text.',
        { sources: sourcesOf(without) },
      ),
    });
  }
  return notVerifiable(
    sentence(
      'An encryption configuration is in use, but not whether it covers Secrets: the API does not show its content.',
    ),
    [mayReadMetrics],
  );
}

/** openshift/api, config/v1/types_apiserver.go: no type is `identity`, which encrypts nothing. */
function fromOpenShift(evidence: ClusterEvidence): CheckOutcome | undefined {
  const cluster = openShiftCluster(evidence);
  if (cluster === undefined) return undefined;
  const type = cluster.spec.get('encryption', 'type').string ?? '';
  return type === '' || type === 'identity'
    ? fail({
        message: sentence('OpenShift is not told to encrypt what etcd stores, so Secrets lie there as plain text.'),
        object: resourceIdentity(cluster),
      })
    : pass(sentence('OpenShift is told to encrypt what etcd stores ({type}).', { type }));
}

/** The annotation of a server that was started with --secrets-encryption; it stays when that is switched off later. */
function fromK3s(evidence: ClusterEvidence): CheckOutcome | undefined {
  const nodes = evidence.resources('Node');
  const annotated = (nodes.kind === 'seen' ? nodes.value : []).some(
    ({ annotations }) =>
      annotations.has('k3s.io/encryption-config-hash') || annotations.has('rke2.io/encryption-config-hash'),
  );
  if (!annotated) return undefined;
  return notVerifiable(sentence('K3s has an encryption configuration; whether it is switched on is not visible.'), [
    mayReadMetrics,
    sentence('`k3s secrets-encrypt status` shows it.'),
  ]);
}

/** Documented by the provider, not seen: EKS since 1.28 and GKE encrypt in every cluster. */
function fromProvider(evidence: ClusterEvidence): CheckOutcome | undefined {
  const provider = providerOf(evidence);
  if (provider === 'selfManaged' || provider === 'openshift') return undefined;
  const name = providerNames[provider];
  return notVerifiable(
    sentence('{name} documents that it encrypts what etcd stores; the cluster itself does not show it.', { name }),
    [mayReadMetrics, sentence('Customer keys and their state are shown by {name}.', { name })],
  );
}

function unknown({ metrics }: ClusterEvidence): CheckOutcome {
  const isCounted = metrics.kind === 'seen';
  const because = isCounted
    ? sentence(
        'The metrics count no encrypted Secret, which may only mean that none was written since the API server started; its flags are not visible.',
      )
    : sentence('Neither the metrics nor the flags of the API server are visible.');
  return notVerifiable(because, [isCounted ? undefined : mayReadMetrics, mayReadFlags]);
}
