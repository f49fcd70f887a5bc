import { type Sentence, sentence, together } from '../../sentences/index.ts';
import type {
  ClusterTrouble,
  ConnectionTrouble,
  CredentialTrouble,
  PluginTrouble,
  RefusalReason,
  TlsProblem,
} from './clusterAnswer.ts';

/** What became of a request, and what it means, for the user. */
export function troubleSentence(trouble: ClusterTrouble): Sentence {
  switch (trouble.outcome) {
    case 'cancelled':
      return sentence('Cancelled.');
    case 'unreachable':
      return connectionSentence(trouble.trouble);
    case 'credentials':
      return credentialSentence(trouble.trouble);
    case 'refused': {
      const { status, message } = trouble;
      return together(sentence(refusals[trouble.reason], { status }), message);
    }
  }
}

/** By reason. */
export const refusals = {
  unauthorized:
    'The cluster does not know who you are (401): the credentials of the kubeconfig are wrong or have expired.',
  forbidden: 'The cluster does not allow this (403).',
  notFound: 'The cluster does not have this (404).',
  notAcceptable: 'The cluster does not answer in the form that was asked for (406).',
  gone: 'The cluster no longer has the state that the list began with (410).',
  tooMany: 'The cluster is overloaded and asks for patience (429).',
  invalid: 'The cluster does not take this object (422).',
  serverError: 'The API server failed (HTTP {status}).',
  other: 'The API server refused the request (HTTP {status}).',
} as const satisfies Readonly<Record<RefusalReason, string>>;

function connectionSentence(trouble: ConnectionTrouble): Sentence {
  switch (trouble.kind) {
    case 'configuration':
      return trouble.problem;
    case 'dns':
      return sentence('The name {host} cannot be resolved; is the VPN or the network on?', { host: trouble.host });
    case 'connectionRefused':
      return sentence('Nothing listens at {address}; is the cluster running?', { address: trouble.address });
    case 'network':
      return sentence('The connection to {address} broke ({detail}).', {
        address: trouble.address,
        detail: trouble.detail,
      });
    case 'timeout':
      return sentence('{address} did not answer within {seconds} s.', {
        address: trouble.address,
        seconds: Math.round(trouble.milliseconds / 100) / 10,
      });
    case 'tls':
      return sentence(tlsProblems[trouble.problem], { address: trouble.address, detail: trouble.detail });
    case 'proxy':
      return sentence('The proxy {proxy} does not connect to the cluster: {detail}.', {
        proxy: trouble.proxy,
        detail: trouble.detail,
      });
    case 'cutOff':
      return sentence('The answer of {address} broke off.', { address: trouble.address });
    case 'notAnApiServer':
      return trouble.contentType === ''
        ? sentence('What answers at {address} is no Kubernetes API server.', { address: trouble.address })
        : sentence('What answers at {address} is no Kubernetes API server (it sent {contentType}).', {
            address: trouble.address,
            contentType: trouble.contentType,
          });
  }
}

export const tlsProblems = {
  unknownAuthority:
    'The certificate of {address} is signed by an authority that the kubeconfig does not name, so it may be another server.',
  expired: 'The certificate of {address} has expired.',
  notYetValid: 'The certificate of {address} is not valid yet; is the clock of this machine right?',
  wrongHost:
    'The certificate of {address} is made out to another name, so it may be another server; tls-server-name in the kubeconfig says which name to expect.',
  clientCertificate: '{address} does not accept the client certificate ({detail}).',
  protocol: '{address} does not speak TLS, or no version of it that is safe.',
  other: 'No secure connection to {address} could be made ({detail}).',
} as const satisfies Readonly<Record<TlsProblem, string>>;

function credentialSentence(trouble: CredentialTrouble): Sentence {
  switch (trouble.kind) {
    case 'configuration':
      return trouble.problem;
    case 'file':
      return sentence('The {what} {path} of the kubeconfig cannot be used ({detail}).', {
        what: trouble.what,
        path: trouble.path,
        detail: trouble.detail,
      });
    case 'certificate':
      return sentence('The client certificate and its key cannot be used together ({detail}).', {
        detail: trouble.detail,
      });
    case 'expired':
      return sentence(
        'The client certificate of the kubeconfig expired on {on}, so the cluster will not know who you are.',
        {
          on: trouble.on,
        },
      );
    case 'unsupported':
      return trouble.method === 'basic'
        ? sentence(
            'The kubeconfig signs in with a user name and a password, which API servers no longer take since Kubernetes 1.19.',
          )
        : sentence(
            'The kubeconfig signs in with the auth-provider "{name}", which Kubernetes has replaced by credential plugins (exec).',
            { name: trouble.name },
          );
    case 'plugin':
      return pluginSentence(trouble.command, trouble);
  }
}

function pluginSentence(command: string, trouble: PluginTrouble): Sentence {
  switch (trouble.problem) {
    case 'notTrusted':
      return sentence('The credential plugin "{command}" does not run in a workspace that is not trusted.', {
        command,
      });
    case 'notAllowed':
      return sentence(
        'The credential plugin "{command}" was not allowed to run, so there is nothing to sign in with.',
        {
          command,
        },
      );
    case 'missing':
      return together(
        sentence('The credential plugin "{command}" is not installed or not in the PATH.', { command }),
        trouble.installHint,
      );
    case 'unsafeArguments':
      return sentence(
        'The credential plugin "{command}" is a batch file, and Windows cannot hand it arguments with line breaks or of more than 8,000 characters.',
        { command },
      );
    case 'failed':
      return together(
        sentence('The credential plugin "{command}" failed ({exitCode}).', { command, exitCode: trouble.exitCode }),
        trouble.stderr,
        trouble.installHint,
      );
    case 'timeout':
      return together(
        sentence(
          'The credential plugin "{command}" did not end within {seconds} s and was stopped; it may be waiting for a sign-in.',
          { command, seconds: trouble.milliseconds / 1000 },
        ),
        trouble.stderr,
      );
    case 'nonsense':
      return together(
        sentence('The credential plugin "{command}" gave no credentials: {detail}.', {
          command,
          detail: trouble.detail,
        }),
        trouble.stderr,
      );
    case 'interactive':
      return sentence(
        'The credential plugin "{command}" wants a terminal (interactiveMode: Always), and there is none here.',
        { command },
      );
  }
}
