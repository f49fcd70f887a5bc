import {
  apiServerFlags,
  etcdFlags,
  providerNames,
  providerOf,
  type RunningFlags,
  sourcesOf,
} from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, flagsReadFrom, mayList, mayReadFlags, notVerifiable, pass } from '../outcomes.ts';

export const etcdMutualTls: ClusterCheck = {
  id: 'etcd/mutual-tls',
  guide: 4,
  summary: 'Clients and peers of etcd have to show certificates',
  evidence: 'the static pods of etcd, then what kubeadm was told, and the flags of the API servers',
  severity: 'error',
  why: 'etcd knows no roles unless told so. Without certificates whoever reaches its port reads every Secret and writes past the API server.',
  references: ['CIS 2.2', 'CIS 2.3', 'CIS 2.5', 'CIS 2.6'],
  needs: flagsReadFrom,
  judge(evidence) {
    const members = etcdFlags(evidence);
    const servers = apiServerFlags(evidence);
    const failures = [...members.flatMap(ofMember), ...plainClients(servers)];
    if (failures.length > 0) return fail(...failures);
    if (members.length > 0)
      return pass(
        sentence('Certificates are asked of clients and peers by {sources}.', { sources: sourcesOf(members) }),
      );
    if (servers.some((server) => server.value('etcd-certfile') !== undefined)) {
      return notVerifiable(
        sentence(
          'The API server shows etcd a certificate; whether etcd asks for one is not visible, for it runs elsewhere.',
        ),
        [sentence('The flags --client-cert-auth and --peer-client-cert-auth of etcd show it.')],
      );
    }
    const provider = providerOf(evidence);
    if (provider !== 'selfManaged')
      return notVerifiable(sentence('{provider} runs etcd out of sight.', { provider: providerNames[provider] }));
    return notVerifiable(sentence('No static pod shows the flags of etcd.'), [mayList('', 'pods'), mayReadFlags]);
  },
};

function ofMember(member: RunningFlags): readonly CheckFailure[] {
  const failures: CheckFailure[] = [];
  const { source } = member;
  if (member.value('client-cert-auth') !== 'true') {
    failures.push({
      message: sentence(
        'etcd asks its clients for no certificate ({source}), so whoever reaches its port reads and writes everything.',
        { source },
      ),
    });
  }
  if (hasPeers(member) && member.value('peer-client-cert-auth') !== 'true') {
    failures.push({
      message: sentence(
        'etcd asks its peers for no certificate ({source}), so whoever reaches its peer port can join and read everything.',
        { source },
      ),
    });
  }
  for (const flag of ['auto-tls', 'peer-auto-tls']) {
    if (member.value(flag) !== 'true') continue;
    failures.push({
      message: sentence('etcd makes its own certificates (--{flag}, {source}), which nobody can check.', {
        flag,
        source,
      }),
      severity: 'warning',
    });
  }
  return failures;
}

/** A single member whose peer port is open to itself alone has nobody to ask. */
function hasPeers(member: RunningFlags): boolean {
  const urls = member.list('listen-peer-urls');
  return !urls.every((url) => /^https?:\/\/(?:127\.|localhost|\[::1\])/.test(url)) || urls.length === 0;
}

function plainClients(servers: readonly RunningFlags[]): readonly CheckFailure[] {
  const plain = servers.filter((server) =>
    server.list('etcd-servers').some((url) => /^http:\/\/(?!127\.|localhost|\[::1\])/.test(url)),
  );
  if (plain.length === 0) return [];
  return [
    {
      message: sentence(
        'The API server speaks to etcd without TLS ({sources}), so every Secret crosses the network in clear.',
        { sources: sourcesOf(plain) },
      ),
    },
  ];
}
