import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../test/support/repository.ts';

export const rulesRoot = join(repositoryRoot, 'server', 'src', 'rules');

/** The one folder there that is no chapter: questions to a whole cluster, which have no fixtures of their own. */
const clusterChecks = 'cluster';

/** A file below a chapter's folder: one rule, or a table of like rules. */
export interface RuleFile {
  readonly chapter: string;
  /** File name without extension. */
  readonly name: string;
  readonly exports: 'rule' | 'rules';
}

/** All rule files, sorted by chapter and name. Throws on a file that exports neither `rule` nor `rules`. */
export function ruleFiles(): readonly RuleFile[] {
  const chapters = readdirSync(rulesRoot, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== clusterChecks,
  );
  return chapters
    .map((entry) => entry.name)
    .sort()
    .flatMap((chapter) =>
      readdirSync(join(rulesRoot, chapter))
        .filter((file) => file.endsWith('.ts'))
        .sort()
        .map((file) => ruleFile(chapter, file.replace(/\.ts$/, ''))),
    );
}

function ruleFile(chapter: string, name: string): RuleFile {
  const source = readFileSync(join(rulesRoot, chapter, `${name}.ts`), 'utf8');
  const found = /^export const (rules?)\b/m.exec(source);
  if (found === null) {
    throw new Error(
      `server/src/rules/${chapter}/${name}.ts exports neither "rule" nor "rules"; what rules share goes into server/src/kubernetes`,
    );
  }
  return { chapter, name, exports: found[1] === 'rules' ? 'rules' : 'rule' };
}
