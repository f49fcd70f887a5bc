import assert from 'node:assert/strict';
import { type ClusterSnapshot, collectCluster, type ScanRequest } from '../../server/src/cluster/index.ts';
import { type StubCluster, stubClient } from './stubClient.ts';

export const kubeconfig: ScanRequest['kubeconfig'] = {
  path: '~/.kube/config',
  server: 'https://cluster.example',
  skipsTlsVerification: false,
  authentication: 'token',
  clientCertificateExpires: undefined,
  fileMode: 0o600,
  execCommand: undefined,
  impersonates: false,
};

export function scanRequest(client: ScanRequest['client'], more: Partial<ScanRequest> = {}): ScanRequest {
  return {
    client,
    kubeconfig,
    readsSecretMetadata: false,
    now: () => new Date('2026-11-25T12:00:00Z'),
    onProgress: () => {},
    signal: new AbortController().signal,
    ...more,
  };
}

export async function scan(cluster: StubCluster, more: Partial<ScanRequest> = {}): Promise<ClusterSnapshot> {
  const outcome = await collectCluster(scanRequest(stubClient(cluster), more));
  assert.equal(outcome.kind, 'scanned');
  return outcome.snapshot;
}
