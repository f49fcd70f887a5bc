// Where an object of a cluster is declared, and what its findings have to do with those of the file.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rulesOfText } from '../../server/src/analysis/declarations/compareWithFile.ts';
import {
  type ComparedVerdict,
  compareFinding,
  isToldByFile,
  type LiveIdentity,
  mayBeDeployed,
  regressionsIn,
  ruleDescription,
} from '../../server/src/analysis/index.ts';
import type { DeclarationHints } from '../../server/src/kubernetes/index.ts';
import { rules } from '../../server/src/rules/index.ts';
import { folder, testWorkspace, uriOf } from './testWorkspace.ts';

const web: LiveIdentity = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };

function deployment(name: string, namespace?: string): string {
  const metadata = namespace === undefined ? '' : `  namespace: ${namespace}\n`;
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n${metadata}spec:\n  selector: {matchLabels: {app: web}}\n  template: {spec: {containers: [{name: web, image: web}]}}\n`;
}

/** `path confidence evidence...` of each match, in order. */
function found(
  files: Readonly<Record<string, string>>,
  object: LiveIdentity = web,
  hints?: DeclarationHints,
): readonly string[] {
  const { workspace, set } = testWorkspace({ rules, disk: files });
  for (const [path, text] of Object.entries(files)) if (!path.endsWith('Chart.yaml')) set(path, text);
  const shown = () =>
    workspace
      .findDeclarations(object, hints)
      .map(({ uri, confidence, evidence }) =>
        [uri.slice(folder.length + 1), confidence, ...evidence.map(({ kind }) => kind)].join(' '),
      );
  const first = shown();
  // A file whose trees are gone is still known for what it declares.
  for (const path of Object.keys(files)) workspace.settle(uriOf(path));
  workspace.configurationChanged();
  assert.deepEqual(shown(), first);
  return first;
}

describe('a declaration is found', () => {
  it('by identity, the namespace included', () => {
    const files = {
      'a.yaml': deployment('web', 'shop'),
      'b.yaml': deployment('web', 'other'),
      'c.yaml': deployment('api', 'shop'),
    };
    assert.deepEqual(found(files), ['a.yaml certain identity']);
  });

  it('without a namespace, which is less sure', () => {
    assert.deepEqual(found({ 'a.yaml': deployment('web'), 'b.yaml': deployment('web', 'shop') }), [
      'b.yaml certain identity',
      'a.yaml likely namespaceLeftOut',
    ]);
  });

  it('in another version of its group, but not in another group', () => {
    const other = deployment('web', 'shop').replace('apps/v1', 'apps/v1beta1');
    const foreign = deployment('web', 'shop').replace('apps/v1', 'example.com/v1');
    assert.deepEqual(found({ 'a.yaml': other, 'b.yaml': foreign }), ['a.yaml certain identity']);
  });

  it('outside namespaces', () => {
    const text = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
    const namespace: LiveIdentity = { group: '', kind: 'Namespace', namespace: '', name: 'shop' };
    assert.deepEqual(found({ 'ns.yaml': text }, namespace), ['ns.yaml certain identity']);
  });

  it('in a List and behind another document', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${deployment('api', 'shop').trimEnd().replaceAll('\n', '\n  ')}\n- ${deployment('web', 'shop').trimEnd().replaceAll('\n', '\n  ')}\n`;
    const { workspace, set } = testWorkspace({ rules });
    set('a.yaml', `${deployment('api', 'shop')}---\n${list}`);
    const [match] = workspace.findDeclarations(web);
    assert.deepEqual([match?.documentIndex, match?.declaration.path], [1, ['items', 1]]);
  });

  it('as it is now, after an edit and after the file went', () => {
    const { workspace, set } = testWorkspace({ rules });
    set('a.yaml', deployment('web', 'shop'));
    assert.equal(workspace.findDeclarations(web).length, 1);
    set('a.yaml', deployment('webb', 'shop'));
    assert.equal(workspace.findDeclarations(web).length, 0);
    set('a.yaml', deployment('web', 'shop'));
    workspace.remove(uriOf('a.yaml'));
    assert.equal(workspace.findDeclarations(web).length, 0);
  });
});

describe('Kustomize', () => {
  const base = { 'base/web.yaml': deployment('web'), 'base/kustomization.yaml': 'resources: [web.yaml]\n' };

  it('gives names and namespaces, overlay upon overlay', () => {
    const files = {
      ...base,
      'mid/kustomization.yaml': 'resources: [../base]\nnamePrefix: a-\nnameSuffix: -x\n',
      'prod/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../mid]\nnamePrefix: b-\nnameSuffix: -y\nnamespace: shop\n',
    };
    assert.deepEqual(found(files, { ...web, name: 'b-a-web-x-y' }), ['base/web.yaml certain identity kustomization']);
    assert.deepEqual(found(files, { ...web, name: 'b-a-web-x-y', namespace: 'other' }), []);
    assert.deepEqual(found(files, { ...web, name: 'a-web-x' }), [
      'base/web.yaml likely namespaceLeftOut kustomization',
    ]);
  });

  it('lays patches over it, which are named last', () => {
    const files = {
      ...base,
      'prod/kustomization.yaml': 'resources: [../base]\nnamespace: shop\npatches: [{path: patch.yaml}]\n',
      'prod/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n',
    };
    assert.deepEqual(found(files), [
      'base/web.yaml certain identity kustomization',
      'prod/patch.yaml possible patch kustomization',
    ]);
  });

  it('may go in circles without end', () => {
    const files = {
      'a/kustomization.yaml': 'resources: [../b, web.yaml]\nnamePrefix: a-\n',
      'b/kustomization.yaml': 'resources: [../a]\nnamePrefix: b-\n',
      'a/web.yaml': deployment('web', 'shop'),
    };
    assert.equal(found(files, { ...web, name: 'b-a-web' }).length, 1);
  });

  it('records origins, which tell equal files apart', () => {
    const files = { 'one/web.yaml': deployment('web', 'shop'), 'two/web.yaml': deployment('web', 'shop') };
    assert.deepEqual(found(files, web, { kustomizeOrigin: 'two/web.yaml' }), [
      'two/web.yaml certain identity origin',
      'one/web.yaml certain identity',
    ]);
  });
});

describe('Helm', () => {
  const template = deployment('{{ include "web.fullname" . }}-worker');
  const files = {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.2.3\n',
    'charts/web/templates/worker.yaml': template,
    'charts/web-admin/Chart.yaml': 'apiVersion: v2\nname: web-admin\nversion: 1.0.0\n',
    'charts/web-admin/templates/worker.yaml': template,
  };
  const worker = { ...web, name: 'shop-worker' };
  const helm = { release: 'shop', namespace: 'shop', chart: 'web-1.2.3' };

  it('says of which chart an object is', () => {
    assert.deepEqual(found(files, worker, { helm }), ['charts/web/templates/worker.yaml likely nameFits chart']);
    assert.deepEqual(found(files, worker, { helm: { ...helm, chart: 'web-admin-1.0.0' } }), [
      'charts/web-admin/templates/worker.yaml likely nameFits chart',
    ]);
  });

  it('may be believed as far as the name goes', () => {
    assert.deepEqual(found(files, { ...worker, name: 'shop-web' }, { helm }), []);
  });

  it('names nothing that any object could be', () => {
    const open = { 'chart/templates/a.yaml': deployment('{{ .Values.name }}') };
    assert.deepEqual(found(open, worker), []);
  });
});

describe('what deploys', () => {
  const files = {
    'apps/one/web.yaml': deployment('web', 'shop'),
    'apps/two/web.yaml': deployment('web', 'shop'),
    'argo.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: shop\nspec:\n  source:\n    path: ./apps/two\n',
    'flux.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./apps/two/\n',
  };

  it('is an Argo CD application with a path', () => {
    assert.deepEqual(found(files, web, { argoCd: { application: 'shop' } }), [
      'apps/two/web.yaml certain identity argoCd',
      'apps/one/web.yaml likely identity',
    ]);
  });

  it('is a Flux kustomization with a path', () => {
    assert.deepEqual(
      found(files, web, { flux: { kustomization: 'shop', namespace: 'flux-system' } })[0],
      'apps/two/web.yaml certain identity flux',
    );
  });

  it('says nothing where it is not in the workspace', () => {
    assert.equal(found(files, web, { argoCd: { application: 'other' } }).length, 2);
  });
});

describe('a live finding and the file', () => {
  const verdict = (ruleId: string, container: string, path: readonly (string | number)[] = []): ComparedVerdict => ({
    ruleId,
    messageKey: 'set',
    args: { container },
    path,
  });
  const file = (found: readonly ComparedVerdict[], ignored: readonly ComparedVerdict[] = [], isJudged = true) => ({
    found,
    ignored,
    isJudgedBy: () => isJudged,
  });
  const live = verdict('pod/privileged', 'web', ['spec', 'containers', 0]);

  it('are the same wherever the container stands', () => {
    const same = verdict('pod/privileged', 'web', ['spec', 'containers', 1]);
    assert.equal(compareFinding(live, file([same])).case, 'both');
  });

  it('are the same where only the words differ', () => {
    const same = verdict('pod/privileged', 'renamed', ['spec', 'containers', 0]);
    assert.equal(compareFinding(live, file([same])).case, 'both');
  });

  it('are the same where a value is written in the file and a default in the cluster', () => {
    const written = { ...verdict('image/pull-policy-always', 'web', ['imagePullPolicy']), messageKey: 'other' };
    assert.equal(compareFinding(verdict('image/pull-policy-always', 'web', ['image']), file([written])).case, 'both');
  });

  it('differ by container and rule', () => {
    const others = [verdict('pod/privileged', 'other', ['spec', 'containers', 1]), verdict('pod/host-pid', 'web')];
    assert.equal(compareFinding(live, file(others)).case, 'fixedNotDeployed');
    assert.deepEqual(regressionsIn(others, [live]), others);
  });

  it('are told apart from what is ignored or was not judged', () => {
    assert.equal(compareFinding(live, file([], [live])).case, 'ignoredInFile');
    assert.equal(compareFinding(live, file([], [], false)).case, 'notJudgedInFile');
  });

  it('have nothing to do with rules of text and of surroundings', () => {
    const description = (id: string) => {
      const known = ruleDescription(id);
      assert.ok(known !== undefined, id);
      return known;
    };
    for (const id of rulesOfText) assert.equal(mayBeDeployed(description(id)), false);
    assert.equal(mayBeDeployed(description('pod/privileged')), true);
    assert.equal(mayBeDeployed(description('network/default-deny-missing')), false);
    assert.equal(isToldByFile(description('network/default-deny-missing'), false), false);
    assert.equal(isToldByFile(description('network/default-deny-missing'), true), true);
    assert.equal(isToldByFile(description('pod/default-namespace'), false), false);
    assert.equal(isToldByFile(description('pod/privileged'), false), true);
    assert.equal(mayBeDeployed(description('kubeharden/syntax-error')), false);
  });
});
