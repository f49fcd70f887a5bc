import {
  apiServerFlags,
  type ClusterEvidence,
  providerNames,
  providerOf,
  samplesOf,
} from '../../../kubernetes/index.ts';
import { type Sentence, sentence, together } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, flagsReadFrom, mayReadFlags, mayReadMetrics, notVerifiable, pass } from '../outcomes.ts';

export const identityProvider: ClusterCheck = {
  id: 'api-server/identity-provider',
  guide: 1,
  summary: 'People sign in through an identity provider',
  evidence:
    'the flags of the API servers, the metric `apiserver_authentication_config_controller_last_config_info`, your kubeconfig',
  severity: 'info',
  why: 'A certificate or a static token belongs to whoever holds the file and cannot be taken back before it ends. An identity provider knows second factors, and who has left.',
  references: ['CIS 3.1.1'],
  needs: [mayReadMetrics, ...flagsReadFrom],
  judge(evidence) {
    const provider = providerOf(evidence);
    if (provider !== 'selfManaged') {
      return notVerifiable(
        together(
          sentence('{provider} has a sign-in of its own, which the cluster does not show.', {
            provider: providerNames[provider],
          }),
          ownMethod(evidence),
        ),
      );
    }
    const servers = apiServerFlags(evidence);
    for (const { value, source } of servers) {
      const url = value('oidc-issuer-url');
      if (url === undefined) continue;
      const issuer = withoutUser(url);
      return pass(sentence('The API server takes tokens of {issuer} ({source}).', { issuer, source }));
    }
    if (hasConfigurationFile(evidence)) {
      return notVerifiable(
        sentence(
          'The API server reads an authentication configuration; whether it names an identity provider is written only there.',
        ),
        [sentence('The file that --authentication-config names shows it.')],
      );
    }
    if (servers.length > 0) {
      return fail({
        message: together(
          sentence(
            'The API server knows no identity provider, so people sign in with certificates or tokens that nobody can take back.',
          ),
          ownMethod(evidence),
        ),
      });
    }
    return notVerifiable(
      together(
        sentence('The flags of the API server, which name an identity provider, are not visible.'),
        ownMethod(evidence),
      ),
      [mayReadFlags],
    );
  },
};

/** The metric exists while a file is in use (apiserver/pkg/server/options/authenticationconfig/metrics). */
function hasConfigurationFile(evidence: ClusterEvidence): boolean {
  if (apiServerFlags(evidence).some((server) => server.value('authentication-config') !== undefined)) return true;
  const { metrics } = evidence;
  return (
    metrics.kind === 'seen' &&
    samplesOf(metrics.value, 'apiserver_authentication_config_controller_last_config_info').length > 0
  );
}

/** A URL may hold a user and a password. */
function withoutUser(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//');
}

/** How the person at the keyboard does it. */
function ownMethod({ kubeconfig }: ClusterEvidence): Sentence {
  const { authentication, execCommand } = kubeconfig;
  switch (authentication) {
    case 'exec':
      return execCommand === undefined
        ? sentence('You sign in through a plugin.')
        : sentence('You sign in through the plugin {command}.', { command: execCommand });
    case 'client-certificate':
      return sentence('You sign in with a client certificate.');
    case 'token':
    case 'token-file':
      return sentence('You sign in with a token.');
    case 'basic':
      return sentence('You sign in with a password.');
    case 'auth-provider':
      return sentence('You sign in through a provider that your kubeconfig names.');
    case 'none':
      return sentence('Your kubeconfig names no credentials.');
  }
}
