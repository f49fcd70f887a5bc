// Sentences are put into words by whoever shows them, in the language of whoever reads them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createLocalizer,
  inEnglish,
  phrase,
  say,
  sayAll,
  sentence,
  together,
} from '../../server/src/sentences/index.ts';

const german = createLocalizer({
  'Node {node} runs {images}.': 'Auf dem Knoten {node} laufen {images}.',
  '{items} and {last}': '{items} und {last}',
  '{count} more': '{count} weitere',
  'You may not read {what}.': '{what}: kein Leserecht.',
  'the version': 'die Version',
});

describe('a sentence', () => {
  test('is filled in the language of the reader, names as they are', () => {
    const said = sentence('Node {node} runs {images}.', {
      node: 'worker-1',
      images: ['a', 'b', phrase('{count} more', { count: 2 })],
    });
    assert.equal(inEnglish(said), 'Node worker-1 runs a, b and 2 more.');
    assert.equal(say(said, german), 'Auf dem Knoten worker-1 laufen a, b und 2 weitere.');
  });

  test('has phrases that are translated by themselves', () => {
    const said = sentence('You may not read {what}.', { what: phrase('the version') });
    assert.equal(inEnglish(said), 'You may not read the version.');
    assert.equal(say(said, german), 'die Version: kein Leserecht.');
  });

  test('lists one thing as itself, and nothing as nothing', () => {
    const of = (what: readonly string[]) => inEnglish(sentence('You may not read {what}.', { what }));
    assert.equal(of(['roles']), 'You may not read roles.');
    assert.equal(of(['roles', 'rolebindings']), 'You may not read roles and rolebindings.');
    assert.equal(of([]), 'You may not read .');
  });

  test('stays in one line, and takes no placeholder from what fills it', () => {
    const said = sentence('You may not read {what}.', { what: 'a\n  {what} {constructor}' });
    assert.equal(inEnglish(said), 'You may not read a {what} {constructor}.');
  });

  test('is followed by others, and by what somebody else said', () => {
    const all = together(sentence('Cancelled.'), '', 'etcd is down', sentence('It needs: {right}.', { right: 'get' }));
    assert.equal(inEnglish(all), 'Cancelled. etcd is down It needs: get.');
    assert.deepEqual(together(sentence('Cancelled.')), sentence('Cancelled.'));
  });
});

test('a value is a copy with its sentences in words, and the arguments of messages as they were', () => {
  const value = {
    message: sentence('You may not read {what}.', { what: phrase('the version') }),
    args: { text: 'no sentence' },
    more: [phrase('the version'), 'said', 1, null, undefined, { text: 1 }],
  };
  assert.deepEqual(sayAll(value, german), {
    message: 'die Version: kein Leserecht.',
    args: { text: 'no sentence' },
    more: ['die Version', 'said', 1, null, undefined, { text: 1 }],
  });
});
