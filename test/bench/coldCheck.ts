import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { repositoryRoot } from '../support/repository.ts';
import { heading, type Spread, shown, spreadOf } from './measure.ts';
import { sampleManifest } from './sampleManifests.ts';

interface Contestant {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const runs = 7;

/** A repository that nobody has looked at yet, judged by a process of its own; beside kube-linter where it is at hand. */
export function benchColdCheck(): void {
  const folder = mkdtempSync(join(tmpdir(), 'kubeharden-bench-'));
  try {
    for (let index = 0; index < 2000; index++) {
      const directory = join(folder, `team-${index % 20}`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, `app-${index}.yaml`), sampleManifest(index));
    }
    compare('2,000 files of one resource each', folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const corpus = process.env.KUBEHARDEN_CORPUS;
  if (corpus === undefined) console.log('Real files: not requested (KUBEHARDEN_CORPUS names no folder).');
  else compare('The real files of KUBEHARDEN_CORPUS', corpus);
}

function compare(title: string, folder: string): void {
  console.log(`${title}, cold (ms)\n${' '.repeat(34)}${heading}`);
  const contestants = [ours(), kubeLinter()].filter((contestant) => contestant !== undefined);
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  // In turn, so that whatever else the machine does meets both.
  for (let run = 0; run < runs; run++) {
    for (const contestant of contestants) times.get(contestant.name)?.push(timeOf(contestant, folder));
  }
  const spreads = [...times].map(([name, measured]) => [name, spreadOf(measured)] as const);
  for (const [name, spread] of spreads) console.log(`  ${name.padEnd(32)}${shown(spread)}`);
  const [own, other] = spreads.map(([, spread]) => spread);
  if (own !== undefined && other !== undefined)
    console.log(`  ${'ratio of the medians'.padEnd(32)}${ratio(own, other)}`);
  else console.log('  kube-linter: not at hand (neither on PATH nor named by KUBE_LINTER).');
}

function ours(): Contestant {
  const bundle = join(repositoryRoot, 'dist/cli.cjs');
  const isBuilt = existsSync(bundle);
  return {
    name: isBuilt ? 'kubeharden (dist/cli.cjs)' : 'kubeharden (sources; npm run build)',
    command: process.execPath,
    args: [isBuilt ? bundle : join(repositoryRoot, 'server/src/cli/main.ts'), 'check', '--quiet'],
  };
}

function kubeLinter(): Contestant | undefined {
  const named = process.env.KUBE_LINTER;
  const onPath = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'kube-linter'));
  const command = [named, ...onPath].find((path) => path !== undefined && existsSync(path));
  return command === undefined ? undefined : { name: 'kube-linter', command, args: ['lint'] };
}

function timeOf({ name, command, args }: Contestant, folder: string): number {
  const start = performance.now();
  const { status, error } = spawnSync(command, [...args, folder], { stdio: ['ignore', 'ignore', 'ignore'] });
  const time = performance.now() - start;
  // 0 and 1 are verdicts of both; anything else means that nothing was measured.
  if (error !== undefined || status === null || status > 1) throw new Error(`${name} ended with ${error ?? status}`);
  return time;
}

function ratio(own: Spread, other: Spread): string {
  return `${(own.median / other.median).toFixed(2)} (from ${(own.min / other.max).toFixed(2)} to ${(own.max / other.min).toFixed(2)})`;
}
