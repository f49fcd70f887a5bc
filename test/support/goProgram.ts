import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** The path of a program, or why there is none. */
export type GoProgram = { readonly binary: string } | { readonly missing: string };

/**
 * Builds the Go program of a folder (go.mod, go.sum, main.go), once per version of its sources, into a cache folder
 * outside the work tree.
 */
export function buildGoProgram(sources: string): GoProgram {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(readFileSync(join(sources, file)));
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'kubeharden', basename(sources), hash.digest('hex').slice(0, 16));
  const binary = join(folder, process.platform === 'win32' ? 'program.exe' : 'program');
  if (existsSync(binary)) return { binary };
  if (spawnSync('go', ['version']).status !== 0) return { missing: 'go is not installed' };
  mkdirSync(folder, { recursive: true });
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: sources, stdio: 'inherit' });
  return { binary };
}

/** Why a test that needs the program is skipped; on a build machine nothing is, and the test fails instead. */
export function skipWithout(program: GoProgram): string | false {
  return 'missing' in program && process.env.CI !== 'true' ? program.missing : false;
}

/** Asks a program that reads one line of JSON per question and answers each with one. */
export function askGoProgram<Answer>(
  program: GoProgram,
  questions: readonly unknown[],
  options: readonly string[] = [],
): Answer[] {
  if ('missing' in program) throw new Error(program.missing);
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  const output = execFileSync(program.binary, options, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  const answers: Answer[] = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  if (answers.length !== questions.length)
    throw new Error(`${answers.length} answers to ${questions.length} questions`);
  return answers;
}
