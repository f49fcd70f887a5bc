import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { yamlCursorAt } from '../../server/src/language/completion/yamlCursor.ts';

function cursorIn(text: string): ReturnType<typeof yamlCursorAt> {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  return yamlCursorAt(text.replace('|', '').split('\n'), before.length - 1, before.at(-1)?.length ?? 0);
}

describe('a cursor in YAML', () => {
  const cases: readonly [text: string, path: (string | -1)[], key: string | undefined, typed: string][] = [
    ['|', [], undefined, ''],
    ['pro|', [], undefined, 'pro'],
    ['profile: gu|', [], 'profile', 'gu'],
    ['rules:\n  pod/pri|', ['rules'], undefined, 'pod/pri'],
    ['rules:\n\n  # note\n  pod/a: off\n  |', ['rules'], undefined, ''],
    ['rules:\n  "pod/a": o|', ['rules'], 'pod/a', 'o'],
    ['overrides:\n  - pa|', ['overrides', -1], undefined, 'pa'],
    ['overrides:\n- pa|', ['overrides', -1], undefined, 'pa'],
    ['overrides:\n  - paths: []\n    rules:\n      x: |', ['overrides', -1, 'rules'], 'x', ''],
    ['overrides:\n- paths: []\n  rules:\n    x: |', ['overrides', -1, 'rules'], 'x', ''],
    ['exclude:\n  - a\n  - |', ['exclude', -1], undefined, ''],
    ['a:\n  b: 1\nc|', [], undefined, 'c'],
  ];
  for (const [text, path, key, typed] of cases) {
    it(JSON.stringify(text), () => {
      const cursor = cursorIn(text);
      assert.deepEqual([cursor?.path, cursor?.valueOf, cursor?.typed], [path, key, typed]);
    });
  }

  it('knows the keys beside it and nothing in a comment', () => {
    assert.deepEqual(cursorIn('a: 1\nb:\n  c: 2\n|\nd: 3')?.siblings, ['b', 'a', 'd']);
    assert.deepEqual(cursorIn('l:\n- x: 1\n  y: 2\n- z: 1\n  |')?.siblings, ['z']);
    assert.equal(cursorIn('# pro|'), undefined);
  });
});
