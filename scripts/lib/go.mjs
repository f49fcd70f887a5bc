// A Go that is new enough for the Go programs among the tests.

import { chmodSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installSystemPackages } from './apt.mjs';
import { capture } from './run.mjs';

const version = '1.26.8';

/**
 * Puts `go` on the PATH of this process and its children: the machine's own where it is new enough; else the toolchain
 * that go's module proxy serves, fetched by whatever Go there is or apt-get has.
 * @returns why that is not possible, in one line; undefined when it was.
 */
export async function ensureGo() {
  let found = await installedVersion();
  if (found === undefined) {
    try {
      await installSystemPackages(['golang-go', 'ca-certificates'], 'Building the Go programs of the tests');
    } catch (error) {
      return error.message;
    }
    found = await installedVersion();
  }
  if (found !== undefined && isNewEnough(found)) return undefined;
  console.log(`Fetching Go ${version} from the Go module proxy${found === undefined ? '' : `; ${found} is too old`}`);
  // Go since 1.21 does the same by itself where GOTOOLCHAIN allows it, in the same place; this works with older ones too.
  const platform = await capture('go', ['env', 'GOOS', 'GOARCH']);
  const module = `golang.org/toolchain@v0.0.1-go${version}.${platform.output.trim().split('\n').join('-')}`;
  const { code, output } = await capture('go', ['mod', 'download', '-json', module], {
    env: { ...process.env, GO111MODULE: 'on', GOFLAGS: '-mod=mod' },
  });
  const folder = code === 0 ? /"Dir": (".*")/.exec(output)?.[1] : undefined;
  if (folder === undefined) return `Go ${version} could not be fetched: ${output.trim().split('\n').at(-1)}`;
  const root = JSON.parse(folder);
  // Files of modules are not executable.
  for (const file of globSync(['bin/*', 'pkg/tool/*/*'], { cwd: root })) chmodSync(join(root, file), 0o755);
  process.env.PATH = `${join(root, 'bin')}${delimiter}${process.env.PATH}`;
  process.env.GOTOOLCHAIN = 'local';
  delete process.env.GOROOT;
  return undefined;
}

/** `1.26.8`; undefined where there is none. */
async function installedVersion() {
  // Its own version, not that of a toolchain that it would fetch.
  const { code, output } = await capture('go', ['version'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
  return code === 0 ? /go(\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1] : undefined;
}

function isNewEnough(found) {
  const [major = 0, minor = 0] = found.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = version.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
