import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../support/judgedWorkspace.ts';

/** One finding in the corpus. */
export interface CorpusFinding {
  readonly ruleId: string;
  /** Relative to the corpus, with `/`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Why the corpus is not read, where it is not. */
export const corpusFolder = process.env.KUBEHARDEN_CORPUS;

/** Judges each repository of the corpus as a folder of its own, with all rules switched on. */
export function corpusFindings(corpus: string): readonly CorpusFinding[] {
  return repositoriesOf(corpus).flatMap((repository) => {
    const judged = judge(manifestsOf(join(corpus, repository)));
    return judged.paths.flatMap((path) =>
      judged.findings(path).map((finding) => ({
        ruleId: finding.ruleId,
        path: `${repository}/${path}`,
        line: finding.range.start.line + 1,
        message: finding.message,
      })),
    );
  });
}

/** The names of the repositories in the corpus. */
export function repositoriesOf(corpus: string): readonly string[] {
  const names = readdirSync(corpus).filter((name) => statSync(join(corpus, name)).isDirectory());
  return names.sort();
}

/** The manifests of a folder, by path with `/`. */
export function manifestsOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const paths = names.filter((name) => /\.(?:ya?ml|json)$/.test(name) && statSync(join(folder, name)).isFile());
  return new Map(paths.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]));
}
