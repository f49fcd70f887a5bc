import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { planEdits } from '../../../server/src/manifest/edit/planEdits.ts';
import { applyEdits } from '../../../server/src/manifest/edit/textEdits.ts';
import {
  type FixOperation,
  type FixValue,
  type ManifestDocument,
  type ManifestFile,
  parseManifest,
} from '../../../server/src/manifest/index.ts';

// The before/after pairs of kubescape's fix handler. Each input says in its head comment, as a yq expression, what is done.

const oracles = process.env.KUBEHARDEN_ORACLES;

/** These indent a new list although the lists of the file are flush; ours follow the file, so only the values are compared. */
const comparedByValue = new Set(['inserts/tc-02', 'inserts/tc-04']);

/** `begin-with-document-separator` has no head comment; kubescape's own test applies this. */
const withoutComment = 'select(di==0).spec.containers[0].securityContext.allowPrivilegeEscalation |= false';

if (oracles === undefined) {
  test('kubescape fix pairs', { skip: 'not requested: KUBEHARDEN_ORACLES is not set' }, () => {});
} else {
  const folder = join(oracles, 'kubescape-fixhandler/core/pkg/fixhandler/testdata');
  const pairs = existsSync(folder) ? pairsIn(folder) : [];
  test('there are 23 kubescape fix pairs', () => assert.equal(pairs.length, 23));
  for (const { name, input, expected } of pairs) {
    test(`kubescape ${name}`, () => {
      const file = parseManifest(readFileSync(join(folder, input), 'utf8'));
      const plan = planEdits(file, operationsOf(file), { randomBytes: () => '' });
      assert.ok(plan.kind === 'edits', plan.kind === 'refused' ? plan.reason : '');
      const fixed = applyEdits(file.text, plan.edits);
      const wanted = readFileSync(join(folder, expected), 'utf8');
      if (!comparedByValue.has(name)) assert.equal(fixed, wanted);
      else assert.deepEqual(valuesOf(fixed), valuesOf(wanted));
    });
  }
}

function pairsIn(folder: string): { name: string; input: string; expected: string }[] {
  return readdirSync(folder).flatMap((kind) => {
    const files = readdirSync(join(folder, kind)).sort();
    return files
      .filter((file) => /^tc-\d+-00/.test(file))
      .map((file) => ({
        name: `${kind}/${file.slice(0, 5)}`,
        input: join(kind, file),
        expected: join(kind, `${file.slice(0, 5)}-01-expected.yaml`),
      }));
  });
}

function valuesOf(text: string): unknown[] {
  return parseManifest(text).documents.map((document) => document.root.toJson());
}

/** Each expression means the document it stands in the head comment of (removals/tc-04 counts that one as `di==0` too). */
function operationsOf(file: ManifestFile): FixOperation[] {
  let expressions: string[] = [];
  const operations: FixOperation[] = [];
  for (const document of file.documents) {
    const lines = document.text.split(/\r?\n/).filter((line) => line.startsWith('#') && line.includes('select('));
    expressions.push(...lines);
    // A comment before the first `---` is a document of its own.
    if (document.isEmpty) continue;
    operations.push(...expressions.map((line) => operationOf(document, line)));
    expressions = [];
  }
  if (operations.length > 0) return operations;
  const [document] = file.documents.filter(({ isEmpty }) => !isEmpty);
  assert.ok(document);
  return [operationOf(document, withoutComment)];
}

/** Reads `select(di==0).a.b[0] |= value`, `= value`, `: value`, `+= [item]`, `+= {map}` and `del(select(di==0).a)`. */
function operationOf(document: ManifestDocument, line: string): FixOperation {
  const expression = /"(.*select.*)"$/.exec(line)?.[1] ?? line;
  const match = /select\(di==\d+\)([\w.[\]]+?)(?:\)|\s*(\|=|\+=|=|:)\s*(.*))$/.exec(expression);
  assert.ok(match, `cannot read ${line}`);
  const [, steps = '', operator, text = ''] = match;
  const path = [...steps.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, key, item]) => key ?? Number(item));
  const node = document.root.get(...path);
  if (operator === undefined) return { op: 'remove', node };
  const value = readValue(text);
  if (operator !== '+=') return { op: 'set', node, value };
  return { op: 'insert', list: node, index: node.items().length, value: Array.isArray(value) ? value[0] : value };
}

function readValue(text: string): FixValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
