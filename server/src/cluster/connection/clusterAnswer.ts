import type { Sentence } from '../../sentences/index.ts';

/**
 * What became of a request. Whatever the cluster, the network or a credential plugin does is a value here and never an
 * exception, so that one kind that fails cannot spoil a scan. `troubleSentence` says any but the first to the user.
 *
 * No answer holds a token, a key or a kubeconfig's content.
 */
export type ClusterAnswer = Answered | ClusterTrouble;

/** Every outcome but success. */
export type ClusterTrouble = Refused | Unreachable | NoCredentials | Cancelled;

/** Status 2xx. */
export interface Answered {
  readonly outcome: 'answered';
  readonly status: number;
  /** The parsed JSON as the server sent it; where the content type is not JSON, the text. */
  readonly body: unknown;
  /** The texts of the `Warning:` headers (RFC 9110 has retired them, Kubernetes sends them: code 299), in order. */
  readonly warnings: readonly string[];
}

/** The server understood and said no, after the retries that {@link ClusterRequest} promises. */
export interface Refused {
  readonly outcome: 'refused';
  /** The HTTP status; for an ERROR event of a watch, the code of its Status. */
  readonly status: number;
  readonly reason: RefusalReason;
  /** The message of the Status object, else the start of the text, on one line; may be empty. */
  readonly message: string;
  /** What is wrong with which field, of an invalid object or an admission denial. */
  readonly causes: readonly RefusalCause[];
  readonly warnings: readonly string[];
  /**
   * With `gone` on a page of a list: the token with which the server offers to go on, inconsistently with the pages
   * already read (`metadata.continue` of the Status).
   */
  readonly continueToken?: string;
}

export type RefusalReason =
  /** 401, also after credentials were renewed once. */
  | 'unauthorized'
  /** 403: RBAC, or an admission denial. */
  | 'forbidden'
  | 'notFound'
  /** 406: this server does not serve the media type that was asked for. */
  | 'notAcceptable'
  /** 410, or a Status of 410 inside a watch: the resource version or the continue token is too old. */
  | 'gone'
  /** 429, and asking again did not help. */
  | 'tooMany'
  /** 422: validation or an admission policy. */
  | 'invalid'
  /** 5xx, and asking again did not help. */
  | 'serverError'
  | 'other';

/** One entry of `details.causes` of a Status. */
export interface RefusalCause {
  /** Like `spec.containers[0].image`; empty when the server names none. */
  readonly field: string;
  readonly message: string;
}

/** No answer of an API server came back. */
export interface Unreachable {
  readonly outcome: 'unreachable';
  readonly trouble: ConnectionTrouble;
}

/** Texts in `detail` come from the system or the library and are in English. */
export type ConnectionTrouble =
  /** The kubeconfig does not lead to a server: no cluster of that name, no URL, a CA file that cannot be read. */
  | { readonly kind: 'configuration'; readonly problem: Sentence }
  | { readonly kind: 'dns'; readonly host: string }
  | { readonly kind: 'connectionRefused'; readonly address: string }
  /** Unroutable, reset before any answer, and whatever else the system reports, such as `EHOSTUNREACH`. */
  | { readonly kind: 'network'; readonly address: string; readonly detail: string }
  | { readonly kind: 'timeout'; readonly address: string; readonly milliseconds: number }
  | { readonly kind: 'tls'; readonly address: string; readonly problem: TlsProblem; readonly detail: string }
  /** The proxy, not the server, cannot be used. `proxy` is its URL without user and password. */
  | { readonly kind: 'proxy'; readonly proxy: string; readonly detail: string }
  /** The answer began and did not end, or cannot be decompressed. */
  | { readonly kind: 'cutOff'; readonly address: string }
  /** Something answered that is no Kubernetes API server: a login page, another service, JSON that is none. */
  | { readonly kind: 'notAnApiServer'; readonly address: string; readonly contentType: string };

export type TlsProblem =
  /** The certificate is signed by none of the authorities of the kubeconfig (or of the system, where it names none). */
  | 'unknownAuthority'
  | 'expired'
  | 'notYetValid'
  /** The certificate is made out to another name; `tls-server-name` exists for that. */
  | 'wrongHost'
  /** The server does not accept our client certificate, or wants one. */
  | 'clientCertificate'
  /** No TLS at all, or no common version or cipher. */
  | 'protocol'
  | 'other';

/** There is nothing to prove who we are with, so nothing was sent. */
export interface NoCredentials {
  readonly outcome: 'credentials';
  readonly trouble: CredentialTrouble;
}

export type CredentialTrouble =
  /** The user of the kubeconfig is not described, or not as kubectl would take it. */
  | { readonly kind: 'configuration'; readonly problem: Sentence }
  /** A file of the kubeconfig's user cannot be read, or is not what it should be. */
  | { readonly kind: 'file'; readonly what: CredentialFile; readonly path: string; readonly detail: string }
  /** `client-certificate-data`, `client-key-data` or the certificate of a plugin does not make a pair. */
  | { readonly kind: 'certificate'; readonly detail: string }
  /** The client certificate has expired, on a day like `2026-01-31`. */
  | { readonly kind: 'expired'; readonly on: string }
  /** Basic authentication, or a legacy `auth-provider`, whose name is in `method`. */
  | { readonly kind: 'unsupported'; readonly method: 'basic' | 'authProvider'; readonly name: string }
  | ({ readonly kind: 'plugin'; readonly command: string } & PluginTrouble);

export type CredentialFile = 'client certificate' | 'client key' | 'token';

/** `stderr` is the end of what the plugin wrote there, at most 2,000 characters, with whatever looks like a token cut out. */
export type PluginTrouble =
  /** The workspace is not trusted, or the user said no to running this command. */
  | { readonly problem: 'notTrusted' | 'notAllowed' }
  | { readonly problem: 'missing'; readonly installHint: string }
  /** A batch file of Windows with arguments that cmd.exe cannot hand to it. */
  | { readonly problem: 'unsafeArguments' }
  | {
      readonly problem: 'failed';
      readonly exitCode: number | string;
      readonly stderr: string;
      readonly installHint: string;
    }
  | { readonly problem: 'timeout'; readonly milliseconds: number; readonly stderr: string }
  /** What it printed is no ExecCredential of the version that the kubeconfig asks for. */
  | { readonly problem: 'nonsense'; readonly detail: string; readonly stderr: string }
  /** `interactiveMode: Always`: it wants a terminal, and there is none. */
  | { readonly problem: 'interactive' };

/** The request's signal was aborted, or the client closed. */
export interface Cancelled {
  readonly outcome: 'cancelled';
}
