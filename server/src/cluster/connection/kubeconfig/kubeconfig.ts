import type { Sentence } from '../../../sentences/index.ts';
import type { Secret } from '../secret.ts';

/** What the kubeconfig files of a user say together, merged as kubectl merges them. Never written back. */
export interface Kubeconfig {
  /** The files that were read, first in precedence first. */
  readonly files: readonly string[];
  /** In the order in which the files name them. */
  readonly contexts: readonly KubeconfigContext[];
  /**
   * The name of the context that kubectl would use. Undefined where none is named, and where a file could not be read: it
   * might have named another.
   */
  readonly currentContext: string | undefined;
  /** Files that were not read, each with why. */
  readonly problems: readonly KubeconfigProblem[];
}

export interface KubeconfigProblem {
  readonly file: string;
  readonly problem: Sentence;
}

export interface KubeconfigContext {
  readonly name: string;
  /** The file that this context stands in. */
  readonly file: string;
  readonly clusterName: string;
  /** Empty where the context names no user: then requests are anonymous. */
  readonly userName: string;
  /** As written; the namespace `default` is meant where it is absent. */
  readonly namespace: string | undefined;
  readonly cluster: KubeconfigCluster | undefined;
  readonly user: KubeconfigUser | undefined;
  /** Whatever keeps this context from being used. */
  readonly problems: readonly Sentence[];
}

export interface KubeconfigCluster {
  readonly name: string;
  readonly file: string;
  /** As written, but without user and password. */
  readonly server: string;
  readonly certificateAuthority: Material | undefined;
  readonly skipsTlsVerification: boolean;
  readonly tlsServerName: string | undefined;
  /** May hold a user and a password. */
  readonly proxyUrl: Secret | undefined;
  readonly disablesCompression: boolean;
  /** The extension `client.authentication.k8s.io/exec`, which is handed to a plugin that asks for it. */
  readonly pluginConfiguration: unknown;
  readonly problems: readonly Sentence[];
}

export interface KubeconfigUser {
  readonly name: string;
  readonly file: string;
  readonly clientCertificate: Material | undefined;
  readonly clientKey: Material | undefined;
  readonly token: Secret | undefined;
  /** Absolute. */
  readonly tokenFile: string | undefined;
  /** A user name or password is given; API servers know no basic authentication since Kubernetes 1.19. */
  readonly hasBasicAuthentication: boolean;
  /** The name of a legacy `auth-provider` (removed from client-go in 1.26: `gcp`, `azure`; `oidc` is left). */
  readonly authProvider: string | undefined;
  readonly exec: ExecPlugin | undefined;
  readonly impersonation: Impersonation | undefined;
  readonly problems: readonly Sentence[];
}

/** PEM, given inline or as the absolute path of a file. Inline wins where both are given. */
export type Material =
  | { readonly kind: 'inline'; readonly pem: Secret }
  | { readonly kind: 'file'; readonly path: string };

export interface ExecPlugin {
  readonly apiVersion: string;
  /** Absolute where it was written with a slash, else a name to look up in the PATH. */
  readonly command: string;
  /** The command as the kubeconfig writes it. */
  readonly written: string;
  readonly args: readonly string[];
  readonly environment: readonly { readonly name: string; readonly value: Secret }[];
  readonly installHint: string;
  readonly providesClusterInfo: boolean;
  readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
  /** Of the kubeconfig that names it; the plugin runs there. */
  readonly folder: string;
}

export interface Impersonation {
  readonly user: string;
  readonly uid: string | undefined;
  readonly groups: readonly string[];
  readonly extra: readonly { readonly key: string; readonly values: readonly string[] }[];
}
