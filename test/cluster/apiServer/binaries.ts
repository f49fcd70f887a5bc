import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGo, programName } from '../../support/goBuild.ts';

/** The programs that a control plane is made of, as absolute paths. */
export interface Binaries {
  readonly etcd: string;
  readonly kubeApiserver: string;
  /** Not among the programs of controller-runtime's envtest, which `KUBEBUILDER_ASSETS` names as a rule. */
  readonly kubeControllerManager: string | undefined;
  /** `kube-apiserver v1.37.2 and etcd 3.7.3`. */
  readonly description: string;
}

/**
 * The programs in the folder that `KUBEBUILDER_ASSETS` names, else built from their Go modules, once.
 *
 * @returns them, or why there are none, in a few words
 */
export function findBinaries(): Binaries | { readonly missing: string } {
  found ??= search();
  return found;
}

let found: Binaries | { readonly missing: string } | undefined;

function search(): Binaries | { readonly missing: string } {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets) return binariesIn(assets, assets, `KUBEBUILDER_ASSETS (${assets})`);
  const etcd = buildGo(join(import.meta.dirname, 'etcd-go'), { linkerFlags: ['-s', '-w'] });
  if ('missing' in etcd) return etcd;
  const kubernetes = buildKubernetes(moduleVersion('k8s.io/kubernetes'));
  if ('missing' in kubernetes) return kubernetes;
  return binariesIn(etcd.folder, kubernetes.folder, 'the Go modules');
}

/**
 * A program takes its version from the linker; without one it calls itself v0.0.0 and every version check misfires. How
 * upstream sets it: hack/lib/version.sh in Kubernetes.
 */
function buildKubernetes(version: string) {
  const [major, minor] = version.replace(/^v/, '').split('.');
  const variables = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' };
  const stamps = Object.entries(variables).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return buildGo(join(import.meta.dirname, 'kubernetes-go'), {
    packages: ['k8s.io/kubernetes/cmd/kube-apiserver', 'k8s.io/kubernetes/cmd/kube-controller-manager'],
    linkerFlags: ['-s', '-w', ...stamps],
    duration: 'about seven minutes on two cores',
  });
}

function binariesIn(etcdFolder: string, kubernetesFolder: string, origin: string): Binaries | { missing: string } {
  const etcd = join(etcdFolder, programName('etcd'));
  const kubeApiserver = join(kubernetesFolder, programName('kube-apiserver'));
  const controllerManager = join(kubernetesFolder, programName('kube-controller-manager'));
  const absent = [etcd, kubeApiserver].find((path) => !existsSync(path));
  if (absent !== undefined) return { missing: `there is no ${absent}` };
  const version = execFileSync(kubeApiserver, ['--version'], { encoding: 'utf8' }).trim().replace('Kubernetes ', '');
  const etcdVersion = /etcd Version: (\S+)/.exec(execFileSync(etcd, ['--version'], { encoding: 'utf8' }))?.[1];
  return {
    etcd,
    kubeApiserver,
    kubeControllerManager: existsSync(controllerManager) ? controllerManager : undefined,
    description: `kube-apiserver ${version} and etcd ${etcdVersion} from ${origin}`,
  };
}

function moduleVersion(module: string): string {
  const text = readFileSync(join(import.meta.dirname, 'kubernetes-go', 'go.mod'), 'utf8');
  const version = new RegExp(`^\\s*${module} (v\\S+)`, 'm').exec(text)?.[1];
  if (version === undefined) throw new Error(`go.mod requires no ${module}`);
  return version;
}
