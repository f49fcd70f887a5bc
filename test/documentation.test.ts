// Links of the documents lead somewhere, and their pictures are there.

import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import test from 'node:test';
import { repositoryRoot } from './support/repository.ts';

const documents = globSync(['*.md', 'docs/**/*.md', 'test/**/*.md'], { cwd: repositoryRoot });

/** Of each document: paths of files that it links to, or shows, without anchors. */
const links = documents.flatMap((document) => {
  const text = readFileSync(join(repositoryRoot, document), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/i.test(target))
    .map((target) => ({ document, target: normalize(join(dirname(document), target)) }));
});

test('links and pictures lead to files that exist', () => {
  const dead = links.filter(({ target }) => !existsSync(join(repositoryRoot, target)));
  assert.deepEqual(
    dead.map(({ document, target }) => `${document}: ${target}`),
    [],
  );
  assert.ok(links.length > 50);
});
