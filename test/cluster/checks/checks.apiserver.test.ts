// What the checks say of real API servers, of those that were hardened and those that were not, to users who see all of
// it, parts of it and nothing.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import {
  collectCluster,
  judgeCluster,
  minimalClusterRole,
  missingPermissions,
  probeTls,
  readKubeconfig,
} from '../../../server/src/cluster/index.ts';
import type { CheckOutcome } from '../../../server/src/rules/index.ts';
import { inEnglish } from '../../../server/src/sentences/index.ts';
import { type StartedApiServer, startApiServer } from '../apiServer/apiServer.ts';
import type { ApiServerOptions, TestUser } from '../apiServer/options.ts';
import { connectToServer } from '../connectToServer.ts';
import { scanRequest } from '../scanRequest.ts';

type Outcomes = ReadonlyMap<string, CheckOutcome>;

async function reportFor(server: StartedApiServer, user: TestUser) {
  const client = await connectToServer(server, user);
  const { contexts } = await readKubeconfig({
    environment: {},
    explicitFile: server.kubeconfig(user),
    workspaceFolders: [],
  });
  try {
    const outcome = await collectCluster(
      scanRequest(client, {
        probeTls: async (signal) => {
          const [context] = contexts;
          assert.ok(context !== undefined);
          return probeTls(context, {}, signal);
        },
      }),
    );
    assert.ok(outcome.kind === 'scanned', outcome.kind);
    return judgeCluster(outcome.snapshot, { settings: {} });
  } finally {
    client.close();
  }
}

async function outcomesFor(server: StartedApiServer, user: TestUser): Promise<Outcomes> {
  const { checks } = await reportFor(server, user);
  return new Map(checks.map(({ id, outcome }) => [id, outcome]));
}

/** The names of what a check or the rule of its id objects to, whoever says so. */
async function accused(server: StartedApiServer, user: TestUser, id: string): Promise<readonly string[]> {
  const { checks, findings } = await reportFor(server, user);
  const failures = checks.flatMap((check) =>
    check.id === id && check.outcome.kind === 'fail' ? check.outcome.failures : [],
  );
  const objects = failures.flatMap(({ object, sumsUp }) => sumsUp ?? (object === undefined ? [] : [object]));
  return [...objects, ...findings.filter(({ ruleId }) => ruleId === id).map(({ object }) => object)].map(
    ({ name }) => name,
  );
}

const asked = [
  'api-server/anonymous-auth',
  'api-server/audit-logging',
  'api-server/authorization',
  'api-server/client-ca-file',
  'api-server/identity-provider',
  'api-server/tls-min-version',
  'api-server/serving-certificate',
  'api-server/admission-node-restriction',
  'api-server/admission-pod-security-disabled',
  'api-server/replicas-agree',
  'etcd/encryption-at-rest',
  'etcd/mutual-tls',
  'rbac/cluster-admins',
  'rbac/anonymous-grants',
  'upgrade/deprecated-apis-in-use',
  'image/admission-enforced',
] as const;

/** What is said of the checks that are asked about; those that cannot be verified are left out. */
function verdicts(outcomes: Outcomes): Readonly<Record<string, 'pass' | 'fail'>> {
  return Object.fromEntries(
    asked.flatMap((id) => {
      const kind = outcomes.get(id)?.kind;
      assert.notEqual(kind, undefined, id);
      return kind === 'pass' || kind === 'fail' ? [[id, kind] as const] : [];
    }),
  );
}

function sentence(outcomes: Outcomes, id: string): string {
  const outcome = outcomes.get(id);
  if (outcome === undefined) return '';
  return outcome.kind === 'fail'
    ? outcome.failures.map(({ message }) => inEnglish(message)).join('\n')
    : inEnglish(outcome.because);
}

const secret = { metadata: { name: 'hidden' }, stringData: { key: 'value' } };

/** A kind of a definition that was just made is served a moment later. */
async function served(admin: StartedApiServer['admin'], path: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await setTimeout(100)) {
    if ((await admin.send('GET', path)).status === 200) return;
  }
  throw new Error(`${path} is not served.`);
}

function withServer(options: ApiServerOptions, tests: (server: () => StartedApiServer) => void): void {
  let server: StartedApiServer | undefined;
  before(async () => {
    server = await startApiServer(options);
    await server.admin.expect('POST', '/api/v1/namespaces/default/secrets', secret);
  });
  after(() => server?.stop());
  tests(() => {
    if (server === undefined) throw new Error('The API server was not started.');
    return server;
  });
}

/** What everybody sees who reaches the server. */
const handshake = { 'api-server/tls-min-version': 'pass', 'api-server/serving-certificate': 'pass' } as const;

describe('of a hardened API server', () => {
  const options: ApiServerOptions = {
    encryption: 'secretbox',
    audit: true,
    anonymousAuth: false,
    enableAdmissionPlugins: ['NodeRestriction'],
  };
  const everybody = { 'api-server/anonymous-auth': 'pass', ...handshake } as const;
  const flagsAndMetrics = {
    'api-server/audit-logging': 'pass',
    'api-server/authorization': 'pass',
    'api-server/identity-provider': 'fail',
    'api-server/admission-node-restriction': 'pass',
    'api-server/admission-pod-security-disabled': 'pass',
    'etcd/encryption-at-rest': 'pass',
    'upgrade/deprecated-apis-in-use': 'pass',
  } as const;
  withServer(options, (server) => {
    test('an administrator learns nearly all; only etcd is out of sight', async () => {
      const outcomes = await outcomesFor(server(), 'admin');
      assert.deepEqual(verdicts(outcomes), {
        ...everybody,
        ...flagsAndMetrics,
        'api-server/client-ca-file': 'pass',
        'api-server/replicas-agree': 'fail',
        'rbac/cluster-admins': 'pass',
        'rbac/anonymous-grants': 'pass',
        'image/admission-enforced': 'fail',
      });
      assert.match(sentence(outcomes, 'etcd/encryption-at-rest'), /has written Secrets with secretbox/);
      assert.match(sentence(outcomes, 'api-server/audit-logging'), /has written \d+ audit events/);
    });

    test('a viewer learns what ConfigMaps tell', async () => {
      const outcomes = await outcomesFor(server(), 'view');
      assert.deepEqual(verdicts(outcomes), { ...everybody, 'api-server/client-ca-file': 'pass' });
    });

    test('monitoring learns what flags and metrics tell', async () => {
      assert.deepEqual(verdicts(await outcomesFor(server(), 'monitoring')), { ...everybody, ...flagsAndMetrics });
    });

    test('nobody learns what everybody can, and nothing false', async () => {
      assert.deepEqual(verdicts(await outcomesFor(server(), 'nobody')), everybody);
    });

    test('the role that a viewer is offered names what would tell more, and no Secrets', async () => {
      const { gaps } = await reportFor(server(), 'view');
      const role = minimalClusterRole(missingPermissions(gaps)) ?? '';
      for (const missing of ['/metrics', '/flagz', 'clusterrolebindings', 'nodes']) assert.ok(role.includes(missing));
      assert.ok(!role.includes('secrets'));
    });
  });
});

describe('of an API server with the defaults, and one of them switched off', () => {
  const everybody = { 'api-server/anonymous-auth': 'fail', ...handshake } as const;
  withServer({ disableAdmissionPlugins: ['PodSecurity'] }, (server) => {
    for (const user of ['admin', 'monitoring'] as const) {
      test(`${user} learns what is missing`, async () => {
        const outcomes = await outcomesFor(server(), user);
        const failing = Object.entries(verdicts(outcomes)).flatMap(([id, kind]) => (kind === 'fail' ? [id] : []));
        for (const id of [
          'api-server/anonymous-auth',
          'api-server/audit-logging',
          'api-server/admission-node-restriction',
          'api-server/admission-pod-security-disabled',
          'etcd/encryption-at-rest',
        ]) {
          assert.ok(failing.includes(id), id);
        }
        assert.match(sentence(outcomes, 'etcd/encryption-at-rest'), /without --encryption-provider-config \(\/flagz\)/);
      });
    }

    test('a viewer and nobody learn nothing of it', async () => {
      const ofConfigMaps = { 'api-server/client-ca-file': 'pass' } as const;
      assert.deepEqual(verdicts(await outcomesFor(server(), 'view')), { ...everybody, ...ofConfigMaps });
      assert.deepEqual(verdicts(await outcomesFor(server(), 'nobody')), everybody);
    });
  });
});

describe('of an API server that shows no flags', () => {
  withServer({ emulatedVersion: '1.34', encryption: 'aescbc' }, (server) => {
    test('metrics tell what they count, and nothing is made up where they do not', async () => {
      // system:masters passes all authorizers by, so that somebody else has to be asked about first.
      await outcomesFor(server(), 'monitoring');
      const outcomes = await outcomesFor(server(), 'admin');
      const {
        'etcd/encryption-at-rest': encryption,
        'api-server/audit-logging': audit,
        ...others
      } = verdicts(outcomes);
      assert.equal(encryption, 'fail');
      assert.match(sentence(outcomes, 'etcd/encryption-at-rest'), /encrypted with aescbc/);
      assert.equal(audit, 'fail');
      assert.match(sentence(outcomes, 'api-server/audit-logging'), /no audit event since it started/);
      assert.equal(others['api-server/authorization'], 'pass');
      assert.equal(others['api-server/admission-node-restriction'], 'fail');
      assert.equal(others['api-server/admission-pod-security-disabled'], 'pass');
      assert.ok(!Object.hasOwn(others, 'api-server/identity-provider'));
    });
  });
});

describe('of an API server that allows everything', () => {
  withServer({ flags: ['--authorization-mode=AlwaysAllow'] }, (server) => {
    test('nobody is told so', async () => {
      const outcomes = await outcomesFor(server(), 'nobody');
      assert.equal(verdicts(outcomes)['api-server/authorization'], 'fail');
      assert.match(sentence(outcomes, 'api-server/authorization'), /allows every request/);
    });
  });
});

describe('of objects that a real API server completes', () => {
  withServer({}, (server) => {
    test('a policy that denies is one with a binding that denies', async () => {
      const { admin } = server();
      const path = '/apis/admissionregistration.k8s.io/v1';
      await admin.expect('POST', `${path}/validatingadmissionpolicies`, {
        metadata: { name: 'images' },
        spec: {
          matchConstraints: {
            resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
          },
          validations: [{ expression: "object.spec.containers.all(c, c.image.startsWith('registry.example/'))" }],
        },
      });
      const id = 'image/admission-enforced';
      assert.equal((await outcomesFor(server(), 'admin')).get(id)?.kind, 'fail');
      await admin.expect('POST', `${path}/validatingadmissionpolicybindings`, {
        metadata: { name: 'images' },
        spec: { policyName: 'images', validationActions: ['Deny'], matchResources: { namespaceSelector: {} } },
      });
      assert.equal((await outcomesFor(server(), 'admin')).get(id)?.kind, 'pass');
    });

    test('a pod without a service account holds a token of the default one', async () => {
      const { admin } = server();
      await server().createNamespace('shop');
      const pod = (name: string, more: object = {}) => ({
        metadata: { name },
        spec: { containers: [{ name: 'web', image: 'registry.example/web' }], ...more },
      });
      const id = 'rbac/default-service-account';
      const path = '/api/v1/namespaces/shop/pods';
      await admin.expect('POST', path, pod('without', { automountServiceAccountToken: false }));
      assert.equal((await outcomesFor(server(), 'view')).get(id)?.kind, 'pass');
      await admin.expect('POST', path, pod('with'));
      assert.deepEqual(await accused(server(), 'view', id), ['with']);
    });

    test('a webhook that nobody answers is named', async () => {
      const { admin } = server();
      const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
      const id = 'admission/webhook-unanswered';
      await admin.expect('POST', path, {
        metadata: { name: 'gone' },
        webhooks: [
          {
            name: 'gone.example.com',
            clientConfig: { service: { namespace: 'default', name: 'gone' } },
            rules: [{ apiGroups: ['example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['*'] }],
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
          },
        ],
      });
      assert.deepEqual(await accused(server(), 'admin', id), ['gone']);
      assert.equal((await outcomesFor(server(), 'view')).get(id)?.kind, 'notVerifiable');
      await admin.expect('DELETE', `${path}/gone`);
      assert.equal((await outcomesFor(server(), 'admin')).get(id)?.kind, 'pass');
    });

    test('the numbers of reports come in the columns that kubectl prints, and nothing else of them', async () => {
      const { admin } = server();
      await server().createNamespace('flawed');
      await admin.expect('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
        metadata: { name: 'vulnerabilityreports.aquasecurity.github.io' },
        spec: {
          group: 'aquasecurity.github.io',
          scope: 'Namespaced',
          names: { kind: 'VulnerabilityReport', plural: 'vulnerabilityreports' },
          versions: [
            {
              name: 'v1alpha1',
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
              additionalPrinterColumns: [
                { name: 'Repository', type: 'string', jsonPath: '.report.artifact.repository' },
                { name: 'Tag', type: 'string', jsonPath: '.report.artifact.tag' },
                { name: 'Critical', type: 'integer', priority: 1, jsonPath: '.report.summary.criticalCount' },
              ],
            },
          ],
        },
      });
      const reports = '/apis/aquasecurity.github.io/v1alpha1/namespaces/flawed/vulnerabilityreports';
      await served(admin, reports);
      await admin.expect('POST', '/api/v1/namespaces/flawed/pods', {
        metadata: { name: 'web' },
        spec: { containers: [{ name: 'web', image: 'registry.example/library/nginx:1.29' }] },
      });
      await admin.expect('POST', reports, {
        apiVersion: 'aquasecurity.github.io/v1alpha1',
        kind: 'VulnerabilityReport',
        metadata: {
          name: 'pod-web-web',
          labels: {
            'trivy-operator.container.name': 'web',
            'trivy-operator.resource.kind': 'Pod',
            'trivy-operator.resource.name': 'web',
          },
        },
        report: {
          artifact: { repository: 'library/nginx', tag: '1.29' },
          summary: { criticalCount: 7 },
          vulnerabilities: [{ title: 'Not to be read' }],
        },
      });
      const outcomes = await outcomesFor(server(), 'admin');
      assert.match(sentence(outcomes, 'image/critical-flaws-reported'), /knows of 7 critical flaws .*Pod flawed\/web/);
    });

    test('constraints are found by the kinds that their templates made', async () => {
      const { admin } = server();
      const definition = (group: string, version: string, kind: string, plural: string) => ({
        metadata: { name: `${plural}.${group}` },
        spec: {
          group,
          scope: 'Cluster',
          names: { kind, plural },
          versions: [
            {
              name: version,
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
            },
          ],
        },
      });
      const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
      const templates = '/apis/templates.gatekeeper.sh/v1/constrainttemplates';
      const constraints = '/apis/constraints.gatekeeper.sh/v1beta1/madeuprepos';
      for (const crd of [
        definition('templates.gatekeeper.sh', 'v1', 'ConstraintTemplate', 'constrainttemplates'),
        definition('constraints.gatekeeper.sh', 'v1beta1', 'MadeUpRepos', 'madeuprepos'),
      ]) {
        await admin.expect('POST', definitions, crd);
      }
      await served(admin, templates);
      await served(admin, constraints);
      await admin.expect('POST', templates, {
        apiVersion: 'templates.gatekeeper.sh/v1',
        kind: 'ConstraintTemplate',
        metadata: { name: 'madeuprepos' },
        spec: { crd: { spec: { names: { kind: 'MadeUpRepos' } } }, targets: [{ rego: 'container.image' }] },
      });
      const id = 'image/admission-enforced';
      const sentenceOf = async () => sentence(await outcomesFor(server(), 'admin'), id);
      await admin.expect('POST', constraints, {
        apiVersion: 'constraints.gatekeeper.sh/v1beta1',
        kind: 'MadeUpRepos',
        metadata: { name: 'repos' },
        spec: { enforcementAction: 'deny' },
      });
      assert.match(await sentenceOf(), /ConstraintTemplate madeuprepos/);
    });

    test('what kubeadm tells kubelets is open to a viewer', async () => {
      const { admin } = server();
      const kubelet = (anonymous: boolean) =>
        `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: ${anonymous}\n`;
      const outcome = async () => (await outcomesFor(server(), 'view')).get('kubelet/anonymous-auth')?.kind;
      const path = '/api/v1/namespaces/kube-system/configmaps';
      await admin.expect('POST', path, { metadata: { name: 'kubelet-config' }, data: { kubelet: kubelet(false) } });
      assert.equal(await outcome(), 'pass');
      const metadata = { name: 'kubelet-config', namespace: 'kube-system' };
      await admin.expect('PUT', `${path}/kubelet-config`, { metadata, data: { kubelet: kubelet(true) } });
      assert.equal(await outcome(), 'fail');
    });

    test('a namespace with pods is missed at Pod Security levels until it has one', async () => {
      const { admin } = server();
      const id = 'admission/psa-enforce-missing';
      await server().createNamespace('levels');
      await admin.expect('POST', '/api/v1/namespaces/levels/pods', {
        metadata: { name: 'web' },
        spec: { containers: [{ name: 'web', image: 'registry.example/web' }] },
      });
      assert.ok((await accused(server(), 'view', id)).includes('levels'));
      const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
      await admin.expect('PUT', '/api/v1/namespaces/levels', { metadata: { name: 'levels', labels } });
      assert.ok(!(await accused(server(), 'view', id)).includes('levels'));
    });
  });
});
