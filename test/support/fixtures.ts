import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleId } from '../../server/src/rules/index.ts';
import { type FixtureText, readExpectedJson, readFixtureText } from './fixtureText.ts';
import { repositoryRoot } from './repository.ts';

export interface FixtureFile extends FixtureText {
  /** Relative to the rule's fixture folder, with `/`. */
  readonly path: string;
}

/** One file or folder of a rule's fixtures. */
export interface Fixture {
  readonly ruleId: RuleId;
  /** Without extension: `bad`, `bad-windows`, `good-json`. */
  readonly name: string;
  readonly kind: 'bad' | 'good';
  readonly files: readonly FixtureFile[];
  /** Path to exact text after the rule's fix is applied everywhere; undefined when no `.fixed` stands beside it. */
  readonly fixed: ReadonlyMap<string, string> | undefined;
}

export const fixturesRoot = join(repositoryRoot, 'test', 'rules');

/** All fixtures of a rule, in order of name. Throws on a file that is none. */
export function fixturesOf(ruleId: RuleId): readonly Fixture[] {
  const folder = join(fixturesRoot, ruleId);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).sort();
  const fixtures: Fixture[] = [];
  for (const name of names) {
    if (/\.fixed(\.|$)/.test(name)) continue;
    if (/\.expected\.json$/.test(name)) continue;
    const parts = /^((bad|good)(?:-[a-z0-9-]+)?)(\.yaml|\.yml|\.json)?$/.exec(name);
    if (parts === null) throw new Error(`test/rules/${ruleId}/${name} is no fixture: see test/rules/README.md`);
    const [, stem = '', kind, extension = ''] = parts;
    fixtures.push({
      ruleId,
      name: stem,
      kind: kind === 'bad' ? 'bad' : 'good',
      files: pathsBelow(folder, name).map((path) => readFixtureFile(folder, path)),
      fixed: readFixed(folder, stem, extension),
    });
  }
  return fixtures;
}

function readFixed(folder: string, stem: string, extension: string): ReadonlyMap<string, string> | undefined {
  const name = `${stem}.fixed${extension}`;
  if (!existsSync(join(folder, name))) return undefined;
  const paths = pathsBelow(folder, name);
  return new Map(paths.map((path) => [path.replace(name, `${stem}${extension}`), readText(folder, path)]));
}

function pathsBelow(folder: string, path: string): readonly string[] {
  const absolute = join(folder, path);
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => pathsBelow(folder, `${path}/${name}`));
}

function readFixtureFile(folder: string, path: string): FixtureFile {
  const source = readText(folder, path);
  if (!path.endsWith('.json')) return { path, ...readFixtureText(source) };
  const beside = path.replace(/\.json$/, '.expected.json');
  const expected = existsSync(join(folder, beside)) ? readExpectedJson(readText(folder, beside), source) : [];
  return { path, text: source, expected, settings: {} };
}

function readText(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
