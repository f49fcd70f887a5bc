// What VS Code calls in its extension host. Runs the suites of one window and writes what came out to a file.

import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** One test's outcome as the runner outside reads it. */
export interface TestResult {
  readonly title: string;
  readonly durationMs: number;
  readonly error?: string;
}

/** Suites by the window they need; see scripts/lib/editorSuites.mjs. */
const windows: Readonly<Record<string, () => Promise<unknown>>> = {
  trusted: async () => {
    // In this order: it wants an editor in which nothing has happened yet.
    await import('./activation.ts');
    await import('./diagnostics.ts');
    await import('./codeActions.ts');
    await import('./suppression.ts');
    await import('./commands.ts');
    await import('./cluster.ts');
    await import('./clusterFiles.ts');
    await import('./clusterSecrecy.ts');
    // Where there is a real API server; the runner says why where there is none.
    if (process.env.KUBEHARDEN_TEST_API_SERVER !== undefined) await import('./clusterVerdicts.ts');
  },
  untrusted: async () => {
    await import('./untrusted.ts');
  },
};

/** Throws when a test failed, which makes VS Code end with an exit code. */
export async function run(): Promise<void> {
  const results: TestResult[] = [];
  try {
    // KUBEHARDEN_TEST_GREP picks tests by name, for somebody who works on one.
    const grep = process.env.KUBEHARDEN_TEST_GREP ?? '';
    const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, grep });
    mocha.suite.emit('pre-require', globalThis, '', mocha);
    const load = windows[process.env.KUBEHARDEN_TEST_SUITE ?? ''];
    if (load === undefined) throw new Error('KUBEHARDEN_TEST_SUITE names no window');
    await load();
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      runner.on('pass', (test) => results.push({ title: test.fullTitle(), durationMs: test.duration ?? 0 }));
      runner.on('fail', (test, error: Error) =>
        results.push({
          title: test.fullTitle(),
          durationMs: 'duration' in test ? (test.duration ?? 0) : 0,
          error: error.stack ?? error.message,
        }),
      );
    });
  } catch (error) {
    results.push({ title: 'the suite loads', durationMs: 0, error: String(error) });
  }
  writeFileSync(process.env.KUBEHARDEN_TEST_RESULTS ?? 'results.json', JSON.stringify(results));
  if (results.some((result) => result.error !== undefined)) throw new Error('Tests failed');
}
