// What four users learn of real API servers that differ in encryption, auditing, anonymous access and version: eight of the
// sixteen, so that every three of the four occur in all combinations.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { collectCluster, judgeCluster } from '../../../server/src/cluster/index.ts';
import { describePermission } from '../../../server/src/kubernetes/index.ts';
import type { CheckOutcome } from '../../../server/src/rules/index.ts';
import { isSentence } from '../../../server/src/sentences/index.ts';
import { type StartedApiServer, startApiServer } from '../apiServer/apiServer.ts';
import { type TestUser, testUsers } from '../apiServer/options.ts';
import { connectToServer } from '../connectToServer.ts';
import { scanRequest } from '../scanRequest.ts';

interface Setting {
  readonly isEncrypted: boolean;
  readonly isAudited: boolean;
  readonly isAnonymous: boolean;
  /** An older minor shows no flags, so that metrics are all there is. */
  readonly isOld: boolean;
}

const both = [false, true];
const settings: readonly Setting[] = both.flatMap((isEncrypted) =>
  both.flatMap((isAudited) =>
    both.map((isAnonymous) => ({
      isEncrypted,
      isAudited,
      isAnonymous,
      isOld: (isEncrypted !== isAudited) !== isAnonymous,
    })),
  ),
);

const name = ({ isEncrypted, isAudited, isAnonymous, isOld }: Setting) =>
  [
    isOld ? 'emulating 1.34' : 'of today',
    isEncrypted ? 'encrypting' : 'not encrypting',
    isAudited ? 'auditing' : 'not auditing',
    isAnonymous ? 'answering anybody' : 'answering nobody unknown',
  ].join(', ');

function startWith({ isEncrypted, isAudited, isAnonymous, isOld }: Setting): Promise<StartedApiServer> {
  return startApiServer({
    ...(isEncrypted ? { encryption: 'secretbox' } : {}),
    audit: isAudited,
    anonymousAuth: isAnonymous,
    ...(isOld ? { emulatedVersion: '1.34' } : {}),
  });
}

const asked = ['api-server/anonymous-auth', 'api-server/audit-logging', 'etcd/encryption-at-rest'] as const;
type Said = Readonly<Record<(typeof asked)[number], string>>;

async function scanAs(server: StartedApiServer, user: TestUser): Promise<{ said: Said; unread: readonly string[] }> {
  const client = await connectToServer(server, user);
  try {
    const outcome = await collectCluster(scanRequest(client));
    assert.ok(outcome.kind === 'scanned', outcome.kind);
    const { checks, gaps } = judgeCluster(outcome.snapshot, { settings: {} });
    const outcomes = new Map(checks.map((check) => [check.id, check.outcome]));
    const [anonymous, audit, encryption] = asked.map((id) => inWords(outcomes.get(id)));
    return {
      said: {
        'api-server/anonymous-auth': anonymous ?? '',
        'api-server/audit-logging': audit ?? '',
        'etcd/encryption-at-rest': encryption ?? '',
      },
      unread: gaps.filter(({ cause }) => cause === 'forbidden').map(({ what }) => what),
    };
  } finally {
    client.close();
  }
}

/** The outcome; where it is not verifiable, with the permissions that would tell. */
function inWords(outcome: CheckOutcome | undefined): string {
  if (outcome?.kind !== 'notVerifiable') return outcome?.kind ?? 'not asked';
  const permissions = outcome.unlockedBy.flatMap((one) => (isSentence(one) ? [] : describePermission(one)));
  return ['not verifiable', ...permissions.sort()].join(', ');
}

/** By user and by what is so. */
function expected(user: TestUser, { isEncrypted, isAudited, isAnonymous, isOld }: Setting): Said {
  const seesInside = user === 'admin' || user === 'monitoring';
  const inside = (isSo: boolean) => (isSo ? 'pass' : 'fail');
  const outside = 'not verifiable, get /flagz, get /metrics';
  // That metrics count no encryption proves nothing. An old server refuses monitoring the flags that it does not have.
  const uncounted = user === 'admin' ? 'not verifiable' : 'not verifiable, get /flagz';
  const encryption = isOld && !isEncrypted ? uncounted : inside(isEncrypted);
  return {
    'api-server/anonymous-auth': isAnonymous ? 'fail' : 'pass',
    'api-server/audit-logging': seesInside ? inside(isAudited) : outside,
    'etcd/encryption-at-rest': seesInside ? encryption : outside,
  };
}

const users = Object.keys(testUsers) as readonly (keyof typeof testUsers)[];

describe('of an API server', () => {
  for (const setting of settings) {
    test(`${name(setting)}, everybody learns what is so, or what would tell`, async () => {
      const server = await startWith(setting);
      try {
        const secret = { metadata: { name: 'hidden' }, stringData: { key: 'value' } };
        await server.admin.expect('POST', '/api/v1/namespaces/default/secrets', secret);
        const scans = await Promise.all(users.map(async (user) => ({ user, ...(await scanAs(server, user)) })));
        for (const { user, said, unread } of scans) {
          assert.deepEqual(said, expected(user, setting), user);
          assert.equal(unread.includes('pods'), user === 'monitoring' || user === 'nobody', user);
          assert.equal(unread.includes('nodes'), user !== 'admin', user);
        }
      } finally {
        await server.stop();
      }
    });
  }
});
