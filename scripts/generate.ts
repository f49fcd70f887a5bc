// Writes what is generated from the rules: the registry, docs/rules/, the list of ids, the schema of the
// configuration, the sentences to translate, the page of the cluster's checks and the role in the page on clusters.
// `--check` only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../test/support/repository.ts';
import { registrySource } from './rules/registrySource.ts';
import { ruleFiles } from './rules/ruleFiles.ts';
import { ruleIdsPath, ruleIdsText } from './rules/ruleIds.ts';

const checkOnly = process.argv.includes('--check');
const stale: string[] = [];

function write(path: string, text: string): void {
  const absolute = join(repositoryRoot, path);
  if (existsSync(absolute) && readFileSync(absolute, 'utf8') === text) return;
  stale.push(path);
  if (checkOnly) return;
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
}

function removeLeftOver(expected: ReadonlyMap<string, string>): void {
  const folder = join(repositoryRoot, 'docs', 'rules');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = `docs/rules/${name.replaceAll('\\', '/')}`;
    if (!path.endsWith('.md') || expected.has(path)) continue;
    stale.push(path);
    if (!checkOnly) rmSync(join(repositoryRoot, path));
  }
}

// The registry comes first: the rest is made from the rules that it lists, so what imports it is loaded only then.
write('server/src/rules/registry.ts', registrySource(ruleFiles()));
const { rules } = await import('../server/src/rules/registry.ts');
const { documentationFiles } = await import('./rules/documentationFiles.ts');
const { configurationSchemaPath, configurationSchemaText } = await import('./generate/configurationSchema.ts');
const { allDescriptions } = await import('../server/src/analysis/index.ts');
const { clusterChecksPage, clusterChecksPagePath } = await import('./generate/clusterChecksPage.ts');
const { clusterPage, clusterPagePath } = await import('./generate/clusterPage.ts');
const { clusterChecks } = await import('../server/src/rules/index.ts');
const { l10nBundlePath, l10nBundleText } = await import('./generate/l10nBundle.ts');
write(ruleIdsPath, ruleIdsText(rules));
write(configurationSchemaPath, configurationSchemaText(rules));
write(l10nBundlePath, l10nBundleText(allDescriptions()));
write(clusterChecksPagePath, clusterChecksPage(clusterChecks));
write(clusterPagePath, clusterPage());
const pages = documentationFiles(rules);
for (const [path, text] of pages) write(path, text);
removeLeftOver(pages);

if (checkOnly && stale.length > 0) {
  console.error(`Stale, run "npm run generate":\n${stale.map((path) => `  ${path}`).join('\n')}`);
  process.exitCode = 1;
} else if (!checkOnly) {
  console.log(stale.length === 0 ? 'Everything is up to date.' : stale.map((path) => `wrote ${path}`).join('\n'));
}
