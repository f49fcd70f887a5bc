import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createWorkspace, type Workspace } from '../../server/src/analysis/index.ts';
import { rules } from '../../server/src/rules/index.ts';
import { runCli } from '../cli/runCli.ts';
import { fixedValues } from '../support/judgedWorkspace.ts';
import { repositoryRoot } from '../support/repository.ts';

const examples = join(repositoryRoot, 'examples');
const known = new Set<string>(rules.map(({ id }) => id));

/** What each sample of the guide yields in profile `all`, by the catalogue of rules; ids of rules to come do not count yet. */
interface GuideSample {
  readonly findings: readonly string[];
  /** Only what lies below this line counts: the flags, not the pod that carries them nor the flags that it lacks. */
  readonly below?: RegExp;
  /** Once the safe fixes are applied. */
  readonly afterFix?: readonly string[];
}

const guide: Readonly<Record<string, GuideSample>> = {
  '1-audit-policy.yaml': {
    findings: [
      'api-server/audit-policy-secret-bodies',
      'api-server/audit-policy-catch-all-bodies',
      'api-server/audit-policy-request-received',
    ],
  },
  '1-api-server-flags.yaml': {
    below: /- kube-apiserver$/,
    findings: Array.from({ length: 4 }, () => 'api-server/single-dash-flag'),
    afterFix: ['api-server/authorization-node', 'api-server/insecure-port'],
  },
  '2-pod-reader.yaml': { findings: ['pod/default-namespace'] },
  '3-deny-all.yaml': { findings: ['network/policy-blocks-dns', 'pod/default-namespace'] },
  '3-allow-frontend-to-backend.yaml': {
    findings: ['network/policy-types-implicit', 'network/policy-no-ports', 'pod/default-namespace'],
  },
  '4-encryption.yaml': {
    findings: [
      'etcd/encryption-key-length',
      'etcd/encryption-key-weak',
      'etcd/encryption-weak-mode',
      'etcd/encryption-key-in-repo',
    ],
  },
  '4-etcd-flags.yaml': { below: /- etcd$/, findings: ['api-server/unknown-flag'] },
  '5-registry-policy.yaml': {
    findings: [
      'image/rego-literal-wildcard',
      'image/rego-misses-init-containers',
      'image/rego-wrong-input',
      'image/rego-v0-syntax',
    ],
  },
  // One finding for one place: that the tag is latest makes it no worse than any other tag that cosign signs.
  '5-sign-image.yaml': { findings: ['image/cosign-by-tag'] },
  '6-monitoring.yaml': { findings: ['upgrade/helm-chart-unpinned', 'monitoring/grafana-default-password'] },
  '7-upgrade.yaml': { findings: ['upgrade/kubectl-version-short', 'upgrade/eksctl-approve'] },
};

describe("the guide's samples, each judged alone in profile all", () => {
  test('every sample is in the table', () => {
    assert.deepEqual(readdirSync(join(examples, 'guide')).sort(), Object.keys(guide).sort());
  });

  for (const [name, sample] of Object.entries(guide)) {
    test(name, () => {
      const text = readFileSync(join(examples, 'guide', name), 'utf8');
      const workspace = createWorkspace({
        readText: () => undefined,
        settingsFor: () => ({ profile: 'all' }),
        folderOf: () => undefined,
        today: () => '2026-01-01',
      });
      const uri = `file:///guide/${name}`;
      workspace.setText(uri, text);
      const expected = sample.findings.filter((id) => known.has(id));
      assert.deepEqual(idsBelow(workspace, uri, sample.below), expected.sort());
      if (sample.afterFix === undefined) return;
      workspace.setText(uri, workspace.fixAll(uri, { classes: ['safe'] }, fixedValues).text);
      assert.deepEqual(idsBelow(workspace, uri, sample.below), sample.afterFix.filter((id) => known.has(id)).sort());
    });
  }

  function idsBelow(workspace: Workspace, uri: string, below: RegExp | undefined): readonly string[] {
    const lines = workspace.file(uri)?.text.split('\n') ?? [];
    const from = below === undefined ? -1 : lines.findIndex((line) => below.test(line));
    return workspace
      .findings(uri)
      .findings.filter(({ range }) => range.start.line > from)
      .map(({ ruleId }) => ruleId)
      .sort();
  }
});

function check(...paths: readonly string[]) {
  const { stdout, stderr, code } = runCli(['check', ...paths, '-f', 'json'], { cwd: examples });
  assert.equal(stderr, '');
  const report: {
    findings: { rule: string; file: string; range: { start: { line: number } } }[];
    notChecked: unknown[];
    summary: { resources: number };
  } = JSON.parse(stdout);
  return { report, code };
}

describe('the shop', () => {
  test('has these findings and no others', () => {
    const { report, code } = check('shop');
    assert.equal(code, 1);
    const found = report.findings.map(({ rule, file, range }) => `${file}:${range.start.line} ${rule}`).sort();
    const expected = readFileSync(join(import.meta.dirname, 'shop-findings.txt'), 'utf8')
      .trimEnd()
      .split('\n');
    assert.deepEqual(found, expected.sort());
  });

  test('its hardened twin has none, and is the same shop', () => {
    const { report, code } = check('shop-hardened');
    assert.deepEqual([report.findings, report.notChecked, code], [[], [], 0]);
    assert.ok(report.summary.resources > 25);
    const names = (folder: string) => readdirSync(join(examples, folder)).sort();
    assert.deepEqual(names('shop-hardened'), names('shop'));
  });

  test('the whole workspace at once gives the hardened twin no finding either', () => {
    const { report } = check('.');
    assert.deepEqual(
      report.findings.filter(({ file }) => file.startsWith('shop-hardened/')),
      [],
    );
  });
});
