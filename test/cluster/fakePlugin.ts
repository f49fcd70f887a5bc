// A credential plugin that does as it is told, and notes each of its runs.

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FakePlugin {
  /** An executable file. */
  readonly command: string;
  /** What each run was handed: its arguments and `KUBERNETES_EXEC_INFO`. */
  runs(): readonly { readonly args: readonly string[]; readonly info: unknown; readonly folder: string }[];
}

/**
 * @param script statements in JavaScript; `print(credential)` prints an ExecCredential with that status, and `run` counts from 1
 */
export function writeFakePlugin(folder: string, script: string, name = 'fake-plugin'): FakePlugin {
  const command = join(folder, name);
  const log = join(folder, `${name}.log`);
  writeFileSync(log, '');
  const source = `#!${process.execPath}
const fs = require('node:fs');
const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args: process.argv.slice(2), info, folder: process.cwd() }) + '\\n');
const run = fs.readFileSync(${JSON.stringify(log)}, 'utf8').trim().split('\\n').length;
const print = (status) => console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: info.apiVersion, status }));
${script}
`;
  writeFileSync(command, source);
  chmodSync(command, 0o755);
  return {
    command,
    runs: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  };
}
