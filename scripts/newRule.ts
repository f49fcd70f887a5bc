// npm run new-rule -- <chapter>/<name> [--subject container] [--severity warning] [--profile restricted] [--fix hardening] [--summary "..."]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../test/support/repository.ts';
import { isWellFormedId, type ScaffoldRequest, scaffold, subjectNames } from './rules/scaffold.ts';

const usage =
  'Usage: npm run new-rule -- <chapter>/<name> [--subject container] [--severity warning] [--profile restricted] [--fix hardening] [--summary "..."]';

try {
  create(readRequest());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** The command line, then the catalogue's row of that id. Throws with a sentence for the author. */
function readRequest(): ScaffoldRequest {
  const option = { type: 'string' } as const;
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { subject: option, severity: option, profile: option, fix: option, summary: option },
  });
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Error(usage);
  if (!isWellFormedId(id)) {
    throw new Error(
      `"${id}" is no id: write <chapter>/<name>, each of lower-case words joined by hyphens, such as pod/host-path.`,
    );
  }
  const [severity, profile, fixClass] = plannedRow(id);
  return {
    id,
    severity: oneOf('severity', ['error', 'warning', 'info'], values.severity ?? severity),
    profile: oneOf('profile', ['guide', 'restricted', 'all', 'off'], values.profile ?? profile),
    fixClass: oneOf('fix', ['safe', 'hardening', 'review', 'input', 'none'], values.fix ?? fixClass),
    subject: oneOf('subject', subjectNames, values.subject ?? 'container'),
    summary: values.summary ?? 'FILL IN',
  };
}

/** Severity, profile and class of fix; those of an ordinary hardening rule for an id that is not planned. */
function plannedRow(id: string): readonly string[] {
  const text = readFileSync(join(repositoryRoot, 'test/rules/catalogue.txt'), 'utf8');
  const row = text.split('\n').find((line) => line.startsWith(`${id} `));
  if (row !== undefined) {
    const [, severity = '', ...rest] = row.split(' ');
    return [severity === 'off' ? 'info' : severity, ...rest];
  }
  console.warn(`${id} is not in test/rules/catalogue.txt; add a row for it.`);
  return ['warning', 'restricted', 'hardening'];
}

function oneOf<T extends string>(name: string, allowed: readonly T[], value: string | undefined): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`--${name} is one of ${allowed.join(', ')}, not "${value}".`);
  return found;
}

function create(request: ScaffoldRequest): void {
  const files = scaffold(request);
  const places = [...files.keys(), `test/rules/${request.id}`];
  const taken = places.find((path) => existsSync(join(repositoryRoot, path)));
  if (taken !== undefined) throw new Error(`${request.id} exists already: ${taken}`);
  const ids = readFileSync(join(repositoryRoot, 'test/rules/ids.txt'), 'utf8').split('\n');
  if (ids.includes(request.id)) throw new Error(`${request.id} exists already, as a row of a table of rules.`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(repositoryRoot, path)), { recursive: true });
    writeFileSync(join(repositoryRoot, path), text);
    console.log(`wrote ${path}`);
  }
  execFileSync(process.execPath, ['scripts/generate.ts'], { cwd: repositoryRoot, stdio: 'inherit' });
  console.log(
    `Now fill in what says FILL IN, and run: node --test --test-name-pattern=${request.id} test/rules/*.test.ts`,
  );
}
