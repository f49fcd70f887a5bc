import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type ManifestNode, parseManifest } from '../../server/src/manifest/index.ts';
import { skipWithout } from '../support/goProgram.ts';
import { buildKubernetesYaml, readFiles } from './kubernetesYaml.ts';

const corpus = process.env.KUBEHARDEN_CORPUS;
const skip = corpus === undefined ? 'not requested: KUBEHARDEN_CORPUS is not set' : false;

interface CorpusFile {
  readonly path: string;
  readonly text: string;
}

function corpusFiles(): CorpusFile[] {
  const folder = corpus ?? '';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ya?ml|json|tpl)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

/** Visits every node and fails on a range that is not in its document. */
function visit(node: ManifestNode): number {
  const { range } = node.place;
  assert.ok(
    range !== undefined && range.start >= 0 && range.start <= range.end && range.end <= node.document.text.length,
  );
  let count = 1;
  for (const { value } of node.entries()) count += visit(value);
  for (const item of node.items()) count += visit(item);
  return count;
}

test('every file is read, and every range lies in its document', { skip }, () => {
  const files = corpusFiles();
  let nodes = 0;
  for (const { path, text } of files) {
    const file = parseManifest(text);
    assert.equal(file.notChecked, undefined, path);
    for (const document of file.documents) nodes += visit(document.root);
  }
  assert.ok(files.length > 300 && nodes > 10_000, `${files.length} files, ${nodes} nodes`);
});

test('templates have no syntax problems', { skip }, () => {
  for (const { path, text } of corpusFiles().filter((file) => file.text.includes('{{'))) {
    for (const document of parseManifest(text, { form: 'helm-template' }).documents) {
      if (document.form !== 'helm-template') continue;
      assert.deepEqual(document.problems, [], path);
    }
  }
});

const built = corpus === undefined ? { missing: 'not requested' } : buildKubernetesYaml();
const skipGo = skip !== false ? skip : skipWithout(built);

test('plain files read as Kubernetes reads them', { skip: skipGo }, () => {
  const files = corpusFiles().filter((file) => !file.text.includes('{{'));
  const answers = readFiles(
    built,
    files.map(({ text }) => text),
  );
  for (const [index, { path, text }] of files.entries()) {
    const documents = parseManifest(text, { form: 'plain' }).documents;
    const read = answers[index] ?? [];
    const refused = read.find((answer) => answer.error !== undefined);
    const problem = documents.flatMap(({ problems }) => problems).find(({ kind }) => kind === 'syntax');
    assert.equal(
      problem?.message !== undefined,
      refused !== undefined,
      `${path}: ${problem?.message ?? refused?.error}`,
    );
    if (refused !== undefined) continue;
    const ours = documents.filter(({ text: content }) => content !== '').map(({ root }) => root.toJson() ?? null);
    assert.deepEqual(
      JSON.parse(JSON.stringify(ours)),
      read.map(({ json }) => json),
      path,
    );
  }
});
