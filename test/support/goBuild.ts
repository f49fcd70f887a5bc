import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder } from '../../scripts/lib/project.mjs';

export interface GoBuildOptions {
  /** Import paths of the programs; default: the one in the folder itself. */
  readonly packages?: readonly string[];
  /** For the linker: `-s -w`, `-X path.name=value`. */
  readonly linkerFlags?: readonly string[];
  /** How long it takes with nothing cached, where that is worth a line: `about seven minutes`. */
  readonly duration?: string;
}

/** The folder that holds the programs, or why they cannot be built, in a few words. */
export type GoBuild = { readonly folder: string } | { readonly missing: string };

/**
 * Builds the programs of a Go module of this repository into the cache folder, once per version of its sources, of the
 * options and of Go. Their source comes from the Go module proxy, checked against `go.sum`.
 *
 * @param sources the folder with go.mod, go.sum and the program, if it is one of ours
 * @throws {Error} when go is there and the build fails
 */
export function buildGo(sources: string, options: GoBuildOptions = {}): GoBuild {
  const { packages = ['.'], linkerFlags = [], duration } = options;
  const go = spawnSync('go', ['version'], { cwd: sources, encoding: 'utf8' });
  if (go.status !== 0) return { missing: 'go is not installed' };
  const args = ['-trimpath', '-buildvcs=false', `-ldflags=${linkerFlags.join(' ')}`, ...packages];
  const hash = createHash('sha256').update(JSON.stringify([go.stdout, args]));
  for (const file of globSync(['go.*', '*.go'], { cwd: sources }).sort()) {
    hash.update(file).update(readFileSync(join(sources, file)));
  }
  const parent = join(cacheFolder, basename(sources));
  const folder = join(parent, hash.digest('hex').slice(0, 16));
  if (existsSync(folder)) return { folder };

  if (duration !== undefined) console.log(`Building ${basename(sources)} into ${folder} (${duration}, once)`);
  mkdirSync(parent, { recursive: true });
  // Next to its final place, so that the rename is atomic: a build that was broken off leaves nothing that looks whole.
  const building = mkdtempSync(join(parent, '.building-'));
  try {
    // Two at a time: more would crowd out whatever else the machine does, and each compiler takes up to a gigabyte.
    execFileSync('go', ['build', '-p=2', '-mod=readonly', '-o', `${building}/`, ...args], {
      cwd: sources,
      env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    moveTo(building, folder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return { folder };
}

/** Another process may have built the same meanwhile; then its result stands. */
function moveTo(building: string, folder: string): void {
  try {
    renameSync(building, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** The file name of a program: `.exe` on Windows. */
export const programName = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);
