import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusals, tlsProblems } from '../../server/src/cluster/index.ts';
import { suppressionTitles } from '../../server/src/language/codeActions/codeActions.ts';
import { fixClassSentences } from '../../server/src/language/hover.ts';
import { clusterChecks, type RuleDescription } from '../../server/src/rules/index.ts';
import { oneLine } from '../../server/src/sentences/index.ts';
import { repositoryRoot } from '../../test/support/repository.ts';

/** Where VS Code looks for it: translations stand beside it as `bundle.l10n.<language>.json`. */
export const l10nBundlePath = 'l10n/bundle.l10n.json';

/**
 * Every sentence that the extension says while it runs, each as its own translation: the form that translators start
 * from. `@vscode/l10n-dev` would find those of the client only, and not what rules say.
 */
export function l10nBundleText(descriptions: readonly RuleDescription[]): string {
  const sentences = new Set([
    ...sourcesUnder('client/src').flatMap((source) => localizedSentences(source, 'vscode.l10n.t')),
    ...sourcesUnder('server/src/language').flatMap((source) => localizedSentences(source, 'localize')),
    ...sourcesUnder('server/src').flatMap((source) => [
      ...localizedSentences(source, 'sentence'),
      ...localizedSentences(source, 'phrase'),
    ]),
    ...Object.values(refusals),
    ...Object.values(tlsProblems),
    ...suppressionTitles.map(([, title]) => title),
    ...Object.values(fixClassSentences),
    ...clusterChecks.flatMap(({ summary, why }) => [summary, oneLine(why)]),
    ...descriptions.flatMap(({ summary, why, messages }) => [summary, oneLine(why), ...Object.values(messages)]),
  ]);
  const bundle = Object.fromEntries([...sentences].sort().map((sentence) => [sentence, sentence]));
  return `${JSON.stringify(bundle, undefined, 2)}\n`;
}

/** First arguments that are no literals: their sentences come from the tables and descriptions above; and declarations. */
const known =
  /^(?:title|sentence|description\.summary|oneLine\(description\.why\)|fixClassSentences\[|text(?:: string)?[,)]|\): |refusals\[|tlsProblems\[)/;

/**
 * The first arguments of all calls of a function, as they read at run time.
 * @throws {Error} at an argument whose sentence cannot be known from here.
 */
export function localizedSentences(source: string, called: string): string[] {
  const call = new RegExp(
    `(?<![\\w.#])(?:services\\.|this\\.#services\\.)?${called.replaceAll('.', '\\.')}\\(\\s*`,
    'g',
  );
  const sentences: string[] = [];
  for (const { index, 0: start } of source.matchAll(call)) {
    const argument = source.slice(index + start.length);
    const literal = /^'((?:[^'\\\n]|\\.)*)'/.exec(argument)?.[1];
    if (literal !== undefined) sentences.push(literal.replace(/\\(.)/g, '$1'));
    else if (!known.test(argument)) throw new Error(`Not a literal: ${called}(${argument.split('\n')[0]}`);
  }
  return sentences;
}

function sourcesUnder(folder: string): string[] {
  const paths = globSync(`${folder}/**/*.ts`, { cwd: repositoryRoot }).sort();
  return paths.map((path) => readFileSync(join(repositoryRoot, path), 'utf8'));
}
