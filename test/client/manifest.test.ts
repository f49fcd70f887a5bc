// The extension manifest against VS Code's rules for it, which no compiler checks.

import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { clusterChecks, rules } from '../../server/src/rules/index.ts';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly enablement?: string;
}
interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface Setting {
  readonly type: string;
  readonly scope?: string;
  readonly order?: number;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly markdownDescription?: string;
  readonly markdownEnumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly additionalProperties?: unknown;
}
interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly icon: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly description: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: string; readonly description: string };
  };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly grammars: readonly {
      readonly path: string;
      readonly injectTo?: readonly string[];
      readonly language?: string;
    }[];
    readonly snippets?: readonly { readonly language: string; readonly path: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(inProject(path), 'utf8');
const manifest: Manifest = JSON.parse(read('package.json'));
const sentences: Record<string, string> = JSON.parse(read('package.nls.json'));
const { commands, menus, views, viewsWelcome, configuration, walkthroughs, grammars } = manifest.contributes;
const clientSources = globSync('client/src/**/*.ts', { cwd: inProject('.') }).map(read);

test('marketplace facts are complete', () => {
  const required = [
    'publisher',
    'displayName',
    'description',
    'license',
    'repository',
    'bugs',
    'homepage',
    'qna',
    'galleryBanner',
  ];
  for (const field of required) assert.ok(field in manifest, field);
  assert.deepEqual(manifest.categories, ['Linters', 'Snippets', 'Programming Languages']);
  assert.ok(manifest.keywords.length <= 5, 'at most five keywords');
  assert.ok(
    !('extensionDependencies' in manifest) && !('extensionPack' in manifest) && !('enabledApiProposals' in manifest),
  );
});

test('the icon is a PNG of at least 128 pixels', () => {
  const png = readFileSync(inProject(manifest.icon));
  assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
  // Width and height open the IHDR chunk, after 8 bytes of signature and 8 of chunk header (PNG specification, 11.2.2).
  assert.ok(png.readUInt32BE(16) >= 128 && png.readUInt32BE(20) >= 128);
});

test('the API types are not newer than the oldest VS Code supported', () => {
  const minor = (version: string | undefined) => Number(/^\^?1\.(\d+)\./.exec(version ?? '')?.[1]);
  assert.ok(minor(manifest.devDependencies['@types/vscode']) <= minor(manifest.engines.vscode));
});

// VS Code adds what is contributed: commands, and the view of clusters once it is shown.
test('nothing but a YAML file wakes the extension by an event of its own', () => {
  assert.deepEqual(manifest.activationEvents, [
    'onLanguage:yaml',
    'onLanguage:helm',
    'onLanguage:github-actions-workflow',
  ]);
  const languages = /const languages = \[(.+)\];/.exec(read('client/src/documentSelector.ts'))?.[1];
  assert.equal(
    languages,
    "'yaml', 'helm', 'json', 'github-actions-workflow'",
    'JSON is checked once YAML woke the extension',
  );
  assert.deepEqual(manifest.extensionKind, ['workspace']);
});

test('untrusted and virtual workspaces are supported, with limits that say what they are', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  assert.equal(untrustedWorkspaces.supported, 'limited');
  assert.equal(virtualWorkspaces.supported, 'limited');
  assert.ok(untrustedWorkspaces.restrictedConfigurations.length > 0);
  for (const id of untrustedWorkspaces.restrictedConfigurations) assert.ok(id in configuration.properties, id);
});

test('every sentence for users is translatable, and no translation is left over', () => {
  const used = new Set([...read('package.json').matchAll(/%([\w.-]+)%/g)].map(([, key]) => key));
  assert.deepEqual([...used].sort(), Object.keys(sentences).sort());
  const userFacing = /"(?:title|description|markdownDescription|displayName|patternErrorMessage)": "(?<text>[^"]*)"/g;
  const untranslated = [...read('package.json').matchAll(userFacing)]
    .map((match) => match.groups?.text ?? '')
    .filter((text) => !/^%[\w.-]+%$/.test(text));
  // The product's name: of the settings, and of the views' container.
  assert.deepEqual(new Set(untranslated), new Set(['KubeHarden']));
});

test('commands are named alike', () => {
  for (const { command, title, category } of commands) {
    assert.match(command, /^kubeharden\.[a-z]+[A-Z]?\w*$/);
    assert.equal(category, 'KubeHarden');
    const text = sentences[title.replaceAll('%', '')] ?? '';
    const small = new Set(['a', 'an', 'in', 'of', 'the', 'for']);
    for (const word of text.split(' ')) assert.ok(small.has(word) || /^[A-Z]/.test(word), `${text}: title case`);
    assert.doesNotMatch(text, /extension/i);
  }
});

test('a command that needs an editor or a folder is disabled without', () => {
  const needsNothing = ['openSample', 'openWalkthrough', 'restartServer', 'showOutput'].map(
    (name) => `kubeharden.${name}`,
  );
  const free = commands.filter(({ enablement }) => enablement === undefined).map(({ command }) => command);
  assert.deepEqual(free.sort(), needsNothing);
});

test('menus and enablements use only keys of VS Code and of contextKeys.ts', () => {
  const clauses = [
    ...commands.map(({ enablement }) => enablement),
    ...Object.values(menus).flatMap((items) => items.map(({ when }) => when)),
    ...viewsWelcome.map(({ when }) => when),
  ];
  const used = clauses.flatMap((clause) => [...(clause ?? '').matchAll(/kubeharden\.\w+/g)].map(([key]) => key));
  const declared = [...read('client/src/contextKeys.ts').matchAll(/'(kubeharden\.\w+)'/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(used)].sort(), declared.sort());
  const known = new Set(commands.map(({ command }) => command));
  for (const { command, when } of Object.values(menus).flat()) {
    assert.ok(known.has(command), command);
    assert.match(
      when ?? '',
      /kubeharden\.|^view == kubehardenCluster\b|^false$/,
      'menus stay as they are in other YAML files and views',
    );
  }
});

/**
 * What a file is judged by belongs to its folder. What decides which cluster is contacted, and what is read there, is
 * never for a workspace to say.
 */
const scopes: Readonly<Record<string, string>> = {
  'kubeharden.trace.server': 'window',
  'kubeharden.cluster.kubeconfig': 'machine',
  'kubeharden.cluster.readSecretMetadata': 'machine',
  'kubeharden.cluster.namespaces': 'window',
  'kubeharden.cluster.showSystemObjects': 'window',
};

test('the view of clusters says in each empty state why it is empty, with one button at most', () => {
  const states = [...read('client/src/clusterFindings/clusterModel.ts').matchAll(/export type Emptiness = (.+);/g)]
    .flatMap(([, union]) => [...(union ?? '').matchAll(/'(\w+)'/g)].map(([, state]) => state))
    .filter((state) => state !== 'filled');
  const shown = viewsWelcome.map(({ when }) => /clusterContexts == (\w+)$/.exec(when)?.[1] ?? when);
  assert.deepEqual(shown.sort(), ['!isWorkspaceTrusted', ...states].sort());
  const known = new Set(commands.map(({ command }) => command));
  for (const { view, contents } of viewsWelcome) {
    assert.equal(view, 'kubehardenCluster');
    const text = sentences[contents.replaceAll('%', '')] ?? '';
    assert.ok(text.split('\n').filter((line) => /^\[[^\]]+\]\(command:[^)]+\)$/.test(line)).length <= 1, text);
    for (const [, command] of text.matchAll(/command:(kubeharden\.\w+)/g)) assert.ok(known.has(command ?? ''), command);
  }
  assert.ok(existsSync(inProject(views.kubeharden?.[0]?.icon ?? 'none')));
});

test('every setting has an order, a scope, a default, a description and a type the settings editor can show', () => {
  const settings = Object.entries(configuration.properties);
  assert.deepEqual(
    settings.map(([, { order }]) => order),
    settings.map((_, index) => index + 1),
  );
  for (const [id, setting] of settings) {
    assert.match(id, /^kubeharden(\.[a-z][A-Za-z]*)+$/);
    assert.ok('default' in setting && setting.markdownDescription, id);
    assert.equal(setting.scope, scopes[id] ?? 'resource', id);
    if (setting.enum) assert.equal(setting.markdownEnumDescriptions?.length, setting.enum.length, id);
    if (setting.type === 'integer') assert.ok(setting.minimum !== undefined && setting.maximum !== undefined, id);
    if (setting.type === 'object') assert.ok(typeof setting.additionalProperties === 'object', id);
  }
  for (const text of Object.values(sentences)) {
    for (const [, id] of text.matchAll(/`#([\w.]+)#`/g))
      assert.ok(id !== undefined && id in configuration.properties, id);
  }
});

test('the walkthrough has three to five steps, each with an action, and its files exist', () => {
  assert.equal(walkthroughs.length, 1);
  const steps = walkthroughs[0]?.steps ?? [];
  assert.ok(steps.length >= 3 && steps.length <= 5);
  const known = new Set(commands.map(({ command }) => command));
  for (const { description, media, completionEvents } of steps) {
    assert.ok(existsSync(inProject(media.markdown)), media.markdown);
    assert.ok(completionEvents.length > 0);
    const command = /\(command:([\w.]+)\)/.exec(sentences[description.replaceAll('%', '')] ?? '')?.[1] ?? '';
    assert.ok(known.has(command) || !command.startsWith('kubeharden.'), command);
    assert.notEqual(command, '');
  }
});

test('grammars only add to those of YAML and of Helm templates', () => {
  const known = ['source.yaml', 'source.helm'];
  for (const { path, injectTo, language } of grammars) {
    assert.equal(language, undefined);
    // What is injected nowhere is a language that the injected ones include.
    if (injectTo === undefined) continue;
    assert.ok(injectTo.length > 0 && injectTo.every((scope) => known.includes(scope)), path);
    assert.match(JSON.parse(read(path)).injectionSelector, /comment/);
  }
});

test('every file of snippets is contributed, for YAML', () => {
  const contributed = manifest.contributes.snippets ?? [];
  assert.deepEqual(
    contributed.map(({ path }) => path).sort(),
    globSync('snippets/*.code-snippets', { cwd: inProject('.') })
      .map((path) => `./${path}`)
      .sort(),
  );
  for (const { language } of contributed) assert.equal(language, 'yaml');
});

test('every chapter of rules and checks has a title in the tree of clusters', () => {
  const titled = [...read('client/src/clusterFindings/treeItems.ts').matchAll(/case '([a-z-]+)':/g)].map(
    ([, id]) => id,
  );
  // What is never verifiable has no findings, and so no chapter.
  const failing = [...rules, ...clusterChecks].filter(({ id }) => id !== 'live/cloud-and-runtime-only');
  for (const { id } of failing) assert.ok(titled.includes(id.split('/')[0]), id);
});

test('what is done with a line of the tree can be done without the mouse', () => {
  const items = menus['view/item/context'] ?? [];
  const inMenu = items.filter(({ group }) => group !== 'inline');
  for (const { command, when, group } of items) {
    if (group === 'inline')
      assert.ok(
        inMenu.some((item) => item.command === command),
        `${command}: ${when}`,
      );
  }
});

test('a command that needs a line of the tree is in no palette', () => {
  const inTitle = (menus['view/title'] ?? []).map(({ command }) => command);
  const hidden = (menus.commandPalette ?? []).filter(({ when }) => when === 'false').map(({ command }) => command);
  // These two ask for what they need where no line says it.
  const asking = ['kubeharden.scanCluster', 'kubeharden.whatIfPodSecurity'];
  const ofLines = (menus['view/item/context'] ?? []).map(({ command }) => command);
  const wanted = ofLines.filter((command) => !inTitle.includes(command) && !asking.includes(command));
  assert.deepEqual([...new Set(wanted)].sort(), hidden.sort());
});

test('the client speaks to users through l10n only', () => {
  for (const source of clientSources) {
    for (const [call, argument] of source.matchAll(/show(?:Information|Warning|Error)Message\(\s*([^\s(]+)/g)) {
      assert.match(argument ?? '', /^(vscode\.l10n\.t|result\.)/, call);
    }
  }
});
