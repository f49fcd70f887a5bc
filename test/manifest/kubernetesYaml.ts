import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What Kubernetes' YAML library makes of one document. */
export interface KubernetesAnswer {
  readonly json?: unknown;
  readonly error?: string;
  readonly strictError?: string;
}

const sources = join(import.meta.dirname, 'scalars-go');

/**
 * Builds the Go program in `scalars-go`, once per version of its sources, into a cache folder outside the work tree.
 *
 * @returns its path, or why it cannot be built
 */
export function buildKubernetesYaml(): { readonly binary: string } | { readonly missing: string } {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(readFileSync(join(sources, file)));
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'kubeharden', 'scalars-go', hash.digest('hex').slice(0, 16));
  const binary = join(folder, process.platform === 'win32' ? 'scalars.exe' : 'scalars');
  if (existsSync(binary)) return { binary };
  if (spawnSync('go', ['version']).status !== 0) return { missing: 'go is not installed' };
  mkdirSync(folder, { recursive: true });
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: sources, stdio: 'inherit' });
  return { binary };
}

/** What Kubernetes reads in each document. */
export function readDocuments(binary: string, documents: readonly string[]): KubernetesAnswer[] {
  return run<KubernetesAnswer>(binary, [], documents);
}

/** What kubectl reads in each file, split into documents as it does. */
export function readFiles(binary: string, files: readonly string[]): KubernetesAnswer[][] {
  return run<KubernetesAnswer[]>(binary, ['-split'], files);
}

function run<Answer>(binary: string, options: readonly string[], texts: readonly string[]): Answer[] {
  const input = texts.map((text) => `${JSON.stringify(text)}\n`).join('');
  const output = execFileSync(binary, options, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  const answers: Answer[] = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  if (answers.length !== texts.length) throw new Error(`${answers.length} answers to ${texts.length} questions`);
  return answers;
}
