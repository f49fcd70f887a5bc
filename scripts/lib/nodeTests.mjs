// Layers that are files for Node's own test runner.

import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, inProject, projectRoot } from './project.mjs';
import { run } from './run.mjs';

/** Each file is a process of its own, which would strip the types of some hundred sources anew. */
const compileCache = { NODE_COMPILE_CACHE: join(cacheFolder, 'compiled') };

/**
 * Runs the test files that match and that `exclude` does not. Resolves to `{ isOk, counts, reason? }`, where counts is
 * a sentence. No file at all is a failure: a layer that tests nothing must not look green.
 */
export async function runNodeTests(patterns, { exclude = [], env = {} } = {}) {
  const files = globSync(patterns, { cwd: projectRoot, exclude }).sort();
  if (files.length === 0) return { isOk: false, counts: 'no test files' };
  const scratch = mkdtempSync(join(tmpdir(), 'kubeharden-counts-'));
  const countsFile = join(scratch, 'counts.json');
  try {
    const reporters = [
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...[
        `--test-reporter=${inProject('scripts/lib/countsReporter.mjs')}`,
        `--test-reporter-destination=${countsFile}`,
      ],
    ];
    const code = await run(process.execPath, ['--test', ...reporters, ...files], {
      env: { ...compileCache, ...process.env, ...env },
    });
    const { passed, failed, cancelled, skipped, todo } = JSON.parse(readFileSync(countsFile, 'utf8'));
    const words = [
      [passed, 'passed'],
      [failed + cancelled, 'failed'],
      [skipped + todo, 'skipped'],
    ];
    return {
      isOk: code === 0,
      counts: words
        .filter(([count], index) => index === 0 || count > 0)
        .map((word) => word.join(' '))
        .join(', '),
      ...(skipped + todo > 0 ? { skipped: 'some tests were skipped, see above' } : {}),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
