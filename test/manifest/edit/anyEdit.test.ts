import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  applyEdits,
  type FixOperation,
  type ManifestNode,
  type ManifestPath,
  parseManifest,
  planEdits,
} from '../../../server/src/manifest/index.ts';
import { anyLook, anyMap, anyValue, type Json, type Look, written } from './randomManifest.ts';

// Any value in any look: an edit changes what was asked, nothing else, and a second time nothing at all.

const RUNS = { numRuns: 400, seed: +(process.env.SEED ?? 20) };
const values = { randomBytes: () => '' };

interface Case {
  readonly text: string;
  readonly before: Json;
  readonly paths: readonly ManifestPath[];
}

function caseOf(map: { [key: string]: Json }, look: Look, crlf: boolean, json: boolean): Case {
  const yaml = json ? `${JSON.stringify(map, null, look.indent)}\n` : written(map, look);
  const text = crlf ? yaml.replaceAll('\n', '\r\n') : yaml;
  const root = rootOf(text);
  assert.deepEqual(root.toJson(), map, `the test wrote a wrong text:\n${text}`);
  return { text, before: map, paths: pathsOf(map) };
}

function rootOf(text: string): ManifestNode {
  const [document, ...others] = parseManifest(text).documents;
  assert.ok(document !== undefined && others.length === 0);
  assert.deepEqual(document.problems, [], text);
  return document.root;
}

function pathsOf(value: Json, path: ManifestPath = []): ManifestPath[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== 'object' || value === null) return own;
  const children: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...own, ...children.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** Does operations to a text; gives the new text and the edits. */
function edit(text: string, operations: (root: ManifestNode) => FixOperation[]) {
  const file = parseManifest(text);
  const root = file.documents[0]?.root;
  assert.ok(root);
  const plan = planEdits(file, operations(root), values);
  assert.ok(plan.kind === 'edits', plan.kind === 'refused' ? `${plan.reason}\n${text}` : '');
  const result = applyEdits(text, plan.edits);
  if (text.includes('\r\n')) assert.doesNotMatch(result, /[^\r]\n/, 'line ends are mixed');
  else assert.doesNotMatch(result, /\r/);
  return { result, edits: plan.edits };
}

function childOf(value: Json | undefined, segment: string | number | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null || segment === undefined) return undefined;
  if (Array.isArray(value)) return typeof segment === 'number' ? value[segment] : undefined;
  return value[segment];
}

function at(value: Json, path: ManifestPath): Json | undefined {
  return path.reduce<Json | undefined>(childOf, value);
}

/** The value with another one at a path; `undefined` deletes. */
function withAt(value: Json | undefined, [segment, ...rest]: ManifestPath, item: Json | undefined): Json {
  if (segment === undefined) return item ?? null;
  if (Array.isArray(value) && typeof segment === 'number') {
    const removes = rest.length === 0 && item === undefined;
    return removes ? value.toSpliced(segment, 1) : value.with(segment, withAt(value[segment], rest, item));
  }
  const map = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const child = rest.length === 0 ? item : withAt(map[segment], rest, item);
  const others = Object.entries(map).filter(([key]) => key !== segment);
  return Object.fromEntries(child === undefined ? others : [...others, [String(segment), child]]);
}

const anyCase = fc
  .record({ map: anyMap, look: anyLook, crlf: fc.boolean(), json: fc.integer({ max: 4, min: 0 }).map((n) => n === 0) })
  .map(({ map, look, crlf, json }) => caseOf(map, look, crlf, json));
const anyChoice = fc.nat(1000);

test('set an existing value', () => {
  fc.assert(
    fc.property(anyCase, anyChoice, anyValue, ({ text, before, paths }, choice, value) => {
      const path = paths[choice % paths.length] ?? [];
      const set = (root: ManifestNode): FixOperation[] => [{ op: 'set', node: root.get(...path), value }];
      const { result } = edit(text, set);
      assert.deepEqual(rootOf(result).toJson(), withAt(before, path, value), `${text}\n=>\n${result}`);
      assert.deepEqual(edit(result, set).edits, []);
    }),
    RUNS,
  );
});

test('set two missing values under one missing parent', () => {
  fc.assert(
    fc.property(anyCase, anyChoice, anyValue, ({ text, before, paths }, choice, value) => {
      const maps = [[], ...paths].filter((path) => {
        const found = at(before, path);
        return found === null || (typeof found === 'object' && !Array.isArray(found));
      });
      const parent = [...(maps[choice % maps.length] ?? []), 'new'];
      const set = (root: ManifestNode): FixOperation[] => [
        { op: 'set', node: root.get(...parent, 'one'), value },
        { op: 'set', node: root.get(...parent, 'two'), value: 2 },
      ];
      const { result, edits } = edit(text, set);
      assert.deepEqual(
        rootOf(result).toJson(),
        withAt(before, parent, { one: value, two: 2 }),
        `${text}\n=>\n${result}`,
      );
      assert.deepEqual(edit(result, set).edits, []);
      for (const { start, end } of edits) assert.doesNotMatch(text.slice(start, end), /\n|#/, 'a line was touched');
    }),
    RUNS,
  );
});

test('remove a pair or item', () => {
  fc.assert(
    fc.property(anyCase, anyChoice, ({ text, before, paths }, choice) => {
      const path = paths[choice % paths.length] ?? [];
      const { result, edits } = edit(text, (root) => [
        { op: 'remove', node: root.get(...path), keepEmptyParent: true },
      ]);
      assert.deepEqual(rootOf(result).toJson(), withAt(before, path, undefined), `${text}\n=>\n${result}`);
      for (const { text: inserted } of edits)
        assert.match(inserted, /^\s*(?:[{}[\]]{0,2})(?:\s*#.*)?\s*$/, `${text}\n=>\n${result}`);
    }),
    RUNS,
  );
});

test('insert an item anywhere', () => {
  fc.assert(
    fc.property(anyCase, anyChoice, anyChoice, anyValue, ({ text, before, paths }, choice, place, value) => {
      const lists = paths.filter((path) => Array.isArray(at(before, path)));
      const path = lists[choice % Math.max(1, lists.length)] ?? ['newList'];
      const items = at(before, path);
      const old = Array.isArray(items) ? items : [];
      const index = place % (old.length + 1);
      const { result, edits } = edit(text, (root) => [{ op: 'insert', list: root.get(...path), index, value }]);
      assert.deepEqual(
        rootOf(result).toJson(),
        withAt(before, path, old.toSpliced(index, 0, value)),
        `${text}\n=>\n${result}`,
      );
      for (const { start, end } of edits) assert.doesNotMatch(text.slice(start, end), /\n|#/, 'a line was touched');
    }),
    RUNS,
  );
});

test('rename a key and move a value', () => {
  fc.assert(
    fc.property(anyCase, anyChoice, ({ text, before, paths }, choice) => {
      const keyed = paths.filter((path) => typeof path.at(-1) === 'string' && at(before, path) !== null);
      const path = keyed[choice % Math.max(1, keyed.length)];
      if (path === undefined) return;
      const value = at(before, path);
      const removed = withAt(before, path, undefined);
      const renamed = edit(text, (root) => [{ op: 'rename', node: root.get(...path), key: 'yes no' }]).result;
      const parent = path.slice(0, -1);
      assert.deepEqual(
        rootOf(renamed).toJson(),
        withAt(removed, [...parent, 'yes no'], value),
        `${text}\n=>\n${renamed}`,
      );
      const moved = edit(text, (root) => [
        { op: 'move', from: root.get(...path), to: root.get('target', 'inner') },
        { op: 'set', node: root.get(...parent, 'kept'), value: 1 },
      ]).result;
      const kept = withAt(removed, [...parent, 'kept'], 1);
      assert.deepEqual(rootOf(moved).toJson(), withAt(kept, ['target', 'inner'], value), `${text}\n=>\n${moved}`);
    }),
    RUNS,
  );
});

test('replace characters of a string', () => {
  fc.assert(
    fc.property(
      anyCase,
      anyChoice,
      anyChoice,
      anyChoice,
      fc.string({ maxLength: 4 }),
      (testCase, choice, a, b, inserted) => {
        const { text, before, paths } = testCase;
        const strings = paths.filter((path) => typeof at(before, path) === 'string');
        const path = strings[choice % Math.max(1, strings.length)];
        const old = path === undefined ? undefined : at(before, path);
        if (path === undefined || typeof old !== 'string' || /\p{Surrogate}|[\ud800-\udfff]/u.test(old)) return;
        const [from = 0, to = 0] = [a % (old.length + 1), b % (old.length + 1)].sort((x, y) => x - y);
        const value = old.slice(0, from) + inserted + old.slice(to);
        const { result } = edit(text, (root) => [
          { op: 'replaceText', node: root.get(...path), from, to, text: inserted },
        ]);
        assert.deepEqual(rootOf(result).toJson(), withAt(before, path, value), `${text}\n=>\n${result}`);
      },
    ),
    RUNS,
  );
});
