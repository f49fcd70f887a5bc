// The command lines of a control plane whose files lie in one folder.

import { join } from 'node:path';
import type { ApiServerOptions } from './options.ts';

export function etcdFlags(folder: string, port: number, peerPort: number): readonly string[] {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    // Nothing here has to survive a crash of the machine.
    '--unsafe-no-fsync',
    '--log-level=error',
  ];
}

export function apiserverFlags(
  folder: string,
  port: number,
  etcdPort: number,
  options: ApiServerOptions,
): readonly string[] {
  const file = (name: string) => join(folder, name);
  const { enableAdmissionPlugins = [], disableAdmissionPlugins = [] } = options;
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    // The addresses of the Service `kubernetes` are nobody's concern, and their removal would delay the end.
    '--endpoint-reconciler-type=none',
    `--cert-dir=${folder}`,
    `--tls-cert-file=${file('apiserver.crt')}`,
    `--tls-private-key-file=${file('apiserver.key')}`,
    `--client-ca-file=${file('ca.crt')}`,
    `--token-auth-file=${file('tokens.csv')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${file('service-accounts.key')}`,
    `--service-account-key-file=${file('service-accounts.pub')}`,
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    ...(options.anonymousAuth === undefined ? [] : [`--anonymous-auth=${options.anonymousAuth}`]),
    ...(options.audit === true
      ? [`--audit-policy-file=${file('audit.yaml')}`, `--audit-log-path=${file('audit.log')}`]
      : []),
    ...(options.encryption === undefined ? [] : [`--encryption-provider-config=${file('encryption.yaml')}`]),
    ...(options.emulatedVersion === undefined ? [] : [`--emulated-version=${options.emulatedVersion}`]),
    ...(enableAdmissionPlugins.length > 0 ? [`--enable-admission-plugins=${enableAdmissionPlugins.join()}`] : []),
    ...(disableAdmissionPlugins.length > 0 ? [`--disable-admission-plugins=${disableAdmissionPlugins.join()}`] : []),
    ...(options.flags ?? []),
  ];
}

const controllers = [
  'serviceaccount-controller',
  'namespace-controller',
  'garbage-collector-controller',
  'clusterrole-aggregation-controller',
  'root-ca-certificate-publisher-controller',
  'deployment-controller',
  'replicaset-controller',
  'daemonset-controller',
  'statefulset-controller',
  'job-controller',
  'cronjob-controller',
  'validatingadmissionpolicy-status-controller',
];

export function controllerManagerFlags(folder: string, kubeconfig: string): readonly string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${join(folder, 'service-accounts.key')}`,
    `--root-ca-file=${join(folder, 'ca.crt')}`,
    '--leader-elect=false',
    '--secure-port=0',
    `--controllers=${controllers.join()}`,
  ];
}
