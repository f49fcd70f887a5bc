import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildGo } from './goBuild.ts';

/** The path of a program, or why there is none. */
export type GoProgram = { readonly binary: string } | { readonly missing: string };

/** The Go program of a folder (go.mod, go.sum, main.go); see {@link buildGo}. */
export function buildGoProgram(sources: string): GoProgram {
  const built = buildGo(sources);
  if ('missing' in built) return built;
  const [name = ''] = readdirSync(built.folder);
  return { binary: join(built.folder, name) };
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
