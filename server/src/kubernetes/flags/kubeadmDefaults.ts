import type { ManifestNode } from '../../manifest/index.ts';
import type { ComponentName } from './component.ts';

/**
 * The arguments that kubeadm gives the static pods by itself, for a ClusterConfiguration: as of Kubernetes 1.37,
 * cmd/kubeadm/app/phases/controlplane/manifests.go and cmd/kubeadm/app/phases/etcd/local.go. An extra argument of the
 * same name replaces them. Arguments that depend on the node (its address and name) are left out.
 */
export function kubeadmDefaults(component: ComponentName, configuration: ManifestNode): ReadonlyMap<string, string> {
  switch (component) {
    case 'kube-apiserver':
      return apiServerDefaults(configuration);
    case 'kube-controller-manager':
      return controllerManagerDefaults(configuration);
    case 'kube-scheduler':
      return new Map(Object.entries(managerDefaults('scheduler.conf')));
    case 'etcd':
      return etcdDefaults(configuration);
    case 'kubelet':
      return kubeletDefaults;
    case 'kube-proxy':
      return new Map();
  }
}

function certificatesDirectory(configuration: ManifestNode): string {
  return configuration.get('certificatesDir').string ?? '/etc/kubernetes/pki';
}

function apiServerDefaults(configuration: ManifestNode): ReadonlyMap<string, string> {
  const pki = certificatesDirectory(configuration);
  const domain = configuration.get('networking', 'dnsDomain').string ?? 'cluster.local';
  const defaults = new Map(
    Object.entries({
      'enable-admission-plugins': 'NodeRestriction',
      'service-cluster-ip-range': configuration.get('networking', 'serviceSubnet').string ?? '10.96.0.0/12',
      'service-account-key-file': `${pki}/sa.pub`,
      'service-account-signing-key-file': `${pki}/sa.key`,
      'service-account-issuer': `https://kubernetes.default.svc.${domain}`,
      'client-ca-file': `${pki}/ca.crt`,
      'tls-cert-file': `${pki}/apiserver.crt`,
      'tls-private-key-file': `${pki}/apiserver.key`,
      'kubelet-client-certificate': `${pki}/apiserver-kubelet-client.crt`,
      'kubelet-client-key': `${pki}/apiserver-kubelet-client.key`,
      'enable-bootstrap-token-auth': 'true',
      'secure-port': '6443',
      'allow-privileged': 'true',
      'kubelet-preferred-address-types': 'InternalIP,ExternalIP,Hostname',
      'requestheader-username-headers': 'X-Remote-User',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
      'requestheader-allowed-names': 'front-proxy-client',
      'proxy-client-cert-file': `${pki}/front-proxy-client.crt`,
      'proxy-client-key-file': `${pki}/front-proxy-client.key`,
    }),
  );
  addEtcdClientDefaults(defaults, configuration.get('etcd', 'external'), pki);
  if (!hasExtraArgument(configuration.get('apiServer', 'extraArgs'), 'authorization-config')) {
    defaults.set('authorization-mode', 'Node,RBAC');
  }
  return defaults;
}

function addEtcdClientDefaults(defaults: Map<string, string>, external: ManifestNode, pki: string): void {
  if (!external.isKnown) {
    defaults.set('etcd-servers', 'https://127.0.0.1:2379');
    defaults.set('etcd-cafile', `${pki}/etcd/ca.crt`);
    defaults.set('etcd-certfile', `${pki}/apiserver-etcd-client.crt`);
    defaults.set('etcd-keyfile', `${pki}/apiserver-etcd-client.key`);
    return;
  }
  const endpoints = external.get('endpoints').items();
  defaults.set('etcd-servers', endpoints.flatMap((endpoint) => endpoint.string ?? []).join(','));
  const authority = external.get('caFile').string ?? '';
  if (authority !== '') defaults.set('etcd-cafile', authority);
  const certificate = external.get('certFile').string ?? '';
  const key = external.get('keyFile').string ?? '';
  if (certificate !== '' && key !== '') {
    defaults.set('etcd-certfile', certificate);
    defaults.set('etcd-keyfile', key);
  }
}

/** In a map (v1beta3 and before) or a list of name and value (v1beta4 and after). */
function hasExtraArgument(extraArguments: ManifestNode, name: string): boolean {
  if (extraArguments.type === 'map') return !extraArguments.get(name).isMissing;
  return extraArguments.items().some((item) => item.get('name').string === name);
}

function managerDefaults(kubeconfig: string): Readonly<Record<string, string>> {
  const path = `/etc/kubernetes/${kubeconfig}`;
  return {
    'bind-address': '127.0.0.1',
    'leader-elect': 'true',
    kubeconfig: path,
    'authentication-kubeconfig': path,
    'authorization-kubeconfig': path,
  };
}

function controllerManagerDefaults(configuration: ManifestNode): ReadonlyMap<string, string> {
  const pki = certificatesDirectory(configuration);
  return new Map(
    Object.entries({
      ...managerDefaults('controller-manager.conf'),
      'client-ca-file': `${pki}/ca.crt`,
      'requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
      'root-ca-file': `${pki}/ca.crt`,
      'service-account-private-key-file': `${pki}/sa.key`,
      'cluster-signing-cert-file': `${pki}/ca.crt`,
      'cluster-signing-key-file': `${pki}/ca.key`,
      'use-service-account-credentials': 'true',
      controllers: '*,bootstrapsigner,tokencleaner',
    }),
  );
}

function etcdDefaults(configuration: ManifestNode): ReadonlyMap<string, string> {
  const pki = certificatesDirectory(configuration);
  return new Map(
    Object.entries({
      'data-dir': configuration.get('etcd', 'local', 'dataDir').string ?? '/var/lib/etcd',
      'cert-file': `${pki}/etcd/server.crt`,
      'key-file': `${pki}/etcd/server.key`,
      'trusted-ca-file': `${pki}/etcd/ca.crt`,
      'client-cert-auth': 'true',
      'peer-cert-file': `${pki}/etcd/peer.crt`,
      'peer-key-file': `${pki}/etcd/peer.key`,
      'peer-trusted-ca-file': `${pki}/etcd/ca.crt`,
      'peer-client-cert-auth': 'true',
      'snapshot-count': '10000',
      'listen-metrics-urls': 'http://127.0.0.1:2381',
      'feature-gates': 'InitialCorruptCheck=true',
      'watch-progress-notify-interval': '5s',
    }),
  );
}

/** Of the unit's drop-in, kubepkg's 10-kubeadm.conf. */
const kubeletDefaults: ReadonlyMap<string, string> = new Map([
  ['bootstrap-kubeconfig', '/etc/kubernetes/bootstrap-kubelet.conf'],
  ['kubeconfig', '/etc/kubernetes/kubelet.conf'],
  ['config', '/var/lib/kubelet/config.yaml'],
]);
