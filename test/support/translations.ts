import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { l10nBundlePath } from '../../scripts/generate/l10nBundle.ts';
import { type Argument, isSentence, type Sentence } from '../../server/src/sentences/index.ts';
import { repositoryRoot } from './repository.ts';

/** What translators start from: every text that can be translated, as its own translation. */
export const translations: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(repositoryRoot, l10nBundlePath), 'utf8'),
);

/** As if everything were translated: `⟦Node ⟧{node}⟦ runs kubelet ⟧{version}⟦.⟧`. What fills a text stands outside. */
export const pseudoTranslations: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(translations).map((text) => [text, pseudo(text)]),
);

function pseudo(text: string): string {
  const parts = text.split(/(\{\w+\})/);
  return parts.map((part, index) => (index % 2 === 1 || part === '' ? part : `⟦${part}⟧`)).join('');
}

/** What is not translated in a text of {@link pseudoTranslations}: names, numbers, and what was forgotten. */
export function untranslated(text: string): readonly string[] {
  return text.split(/⟦[^⟧]*⟧/).filter((rest) => /[a-z]/i.test(rest));
}

/** English words where names and numbers should be; rights are in the words of a ClusterRole. */
export function looksEnglish(text: string): boolean {
  return /(?<![\w/.:-])[a-z]{2,} [a-z]{2,}(?![\w/.:-])/.test(
    text.replace(/\b(?:get|list)(?:, (?:list|watch))* \S+/g, ''),
  );
}

/** Every sentence in a value, JSON all through, is in the bundle, and nothing that fills one is English. */
export function assertTranslatable(value: unknown): void {
  for (const { text, args = {} } of sentencesIn(value)) {
    assert.ok(Object.hasOwn(translations, text), `not in ${l10nBundlePath}: ${text}`);
    const used = Object.entries(args).filter(([name]) => text.includes(`{${name}}`));
    for (const words of used.flatMap(([, argument]) => stringsIn(argument))) {
      assert.ok(!looksEnglish(words), `"${words}" fills "${text}" and cannot be translated`);
    }
  }
}

function sentencesIn(value: unknown): readonly Sentence[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(isSentence(value) ? [value] : []), ...Object.values(value).flatMap(sentencesIn)];
}

function stringsIn(argument: Argument): readonly string[] {
  if (typeof argument === 'string') return [argument];
  return Array.isArray(argument) ? argument.flatMap(stringsIn) : [];
}
