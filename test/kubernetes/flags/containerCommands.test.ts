import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerCommands, findingPlace, placeOfWord, podSpecsOf } from '../../../server/src/kubernetes/index.ts';
import { resourcesIn, textAt } from '../reading.ts';

/** The commands of a container with these lines, each as its program, the text of its place and what it reads from. */
function commandsOf(lines: string): readonly (readonly string[])[] {
  const text = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    image: a\n${lines}\n`;
  const containers = resourcesIn(text)
    .flatMap((resource) => podSpecsOf(resource))
    .flatMap((spec) => spec.containers);
  return containers.flatMap(containerCommands).map(({ program, words, readsFrom }) => {
    const [word] = words;
    const place = word === undefined ? '' : textAt(findingPlace(placeOfWord(word)));
    return readsFrom === undefined ? [program, place] : [program, place, readsFrom.program];
  });
}

test('command and args are one list, hooks and probes have their own', () => {
  const lines = `    command: [/bin/server]
    args: [--port, "1"]
    lifecycle: { preStop: { exec: { command: [sleep, "5"] } } }
    livenessProbe: { exec: { command: [cat, /tmp/alive] } }`;
  assert.deepEqual(commandsOf(lines), [
    ['server', '/bin/server'],
    ['sleep', 'sleep'],
    ['cat', 'cat'],
  ]);
  assert.deepEqual(commandsOf('    args: [serve]'), [['serve', 'serve']]);
  assert.deepEqual(commandsOf('    command:'), []);
});

test('looks into scripts, scripts of scripts and behind wrappers', () => {
  assert.deepEqual(commandsOf(`    command: [sh, -c, 'if a; then X=1 b; fi; exec env -i Y=2 bash -c "c d"']`), [
    ['sh', 'sh'],
    ['a', 'a'],
    ['b', 'b'],
    ['fi', 'fi'],
    ['exec', 'exec'],
    ['env', 'env'],
    ['bash', 'bash'],
    ['c', 'c'],
  ]);
});

test('knows what a command reads from', () => {
  assert.deepEqual(commandsOf(`    command: [sh, -c, 'a 2>&1 | b || c; d |& sudo e; f & g <(h)']`), [
    ['sh', 'sh'],
    ['a', 'a'],
    ['b', 'b', 'a'],
    ['c', 'c'],
    ['d', 'd'],
    ['sudo', 'sudo', 'd'],
    ['e', 'e', 'd'],
    ['f', 'f'],
    ['g', 'g', 'h'],
    ['h', 'h'],
  ]);
});
