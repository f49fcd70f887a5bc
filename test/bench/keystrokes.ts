import { createWorkspace, type Workspace } from '../../server/src/analysis/index.ts';
import { heading, type Spread, shown, spreadOf, timesOf } from './measure.ts';
import { sampleFile } from './sampleManifests.ts';

const uri = 'file:///bench/manifest.yaml';

function openWorkspace(): Workspace {
  return createWorkspace({
    readText: () => undefined,
    settingsFor: () => ({}),
    folderOf: () => 'file:///bench',
    today: () => '2026-01-01',
  });
}

/** What a key costs: a letter typed into, and taken out of, the middle of a file, and all findings asked for. */
export function benchKeystrokes(): void {
  console.log(`A keystroke: change, parse, rules, all findings of the file (ms)\n${' '.repeat(34)}${heading}`);
  for (const documents of [1, 10, 100, 500]) {
    console.log(`  ${`${documents} documents`.padEnd(32)}${shown(keystrokes(sampleFile(documents)))}`);
  }
  const long = fileOfLines(50_000);
  const opening = spreadOf(
    timesOf(5, 1, () => {
      const workspace = openWorkspace();
      workspace.setText(uri, long);
      workspace.findings(uri);
    }),
  );
  console.log(`  ${'50,000 lines: opening the file'.padEnd(32)}${shown(opening)}`);
  console.log(`  ${'50,000 lines: a keystroke'.padEnd(32)}${shown(keystrokes(long))}`);
}

function keystrokes(text: string): Spread {
  const workspace = openWorkspace();
  workspace.setText(uri, text);
  workspace.foldersComplete(['file:///bench']);
  workspace.findings(uri);
  // Within the value of a label, so that the text stays a manifest.
  const place = text.indexOf('name: app-', text.length / 2 - 600) + 'name: app-'.length;
  const times = timesOf(100, 20, (run) => {
    const isTyped = run % 2 === 0;
    workspace.change(uri, [{ start: place, end: isTyped ? place : place + 1, text: isTyped ? 'x' : '' }]);
    workspace.findings(uri);
  });
  return spreadOf(times);
}

function fileOfLines(lines: number): string {
  const documents = Math.ceil((lines * 6) / (sampleFile(6).split('\n').length + 1));
  return sampleFile(documents).split('\n').slice(0, lines).join('\n');
}
