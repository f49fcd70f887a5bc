// What is different on Windows: where a kubeconfig lies, which file a command is, and how a batch file is handed what it
// is called with. The platform is an argument, so that it is shown everywhere.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { batchCommand, isBatchFile } from '../../../server/src/cluster/connection/credentials/batchFile.ts';
import { findExecutable } from '../../../server/src/cluster/connection/credentials/findExecutable.ts';
import { runCommand } from '../../../server/src/cluster/connection/credentials/runCommand.ts';
import {
  pathsIn,
  variableOf,
  windowsProgram,
  withVariables,
} from '../../../server/src/cluster/connection/environment.ts';
import { homeFolder, kubeconfigPaths } from '../../../server/src/cluster/connection/kubeconfig/kubeconfigPaths.ts';
import { troubleSentence } from '../../../server/src/cluster/index.ts';
import { inEnglish } from '../../../server/src/sentences/index.ts';
import { scratchFolder } from '../connectTo.ts';

test('variables are the same in capitals and without, but for a Unix', () => {
  const environment = { Path: 'C:\\bin', SYSTEMROOT: 'D:\\Windows' };
  assert.equal(variableOf(environment, 'PATH', 'win32'), 'C:\\bin');
  assert.equal(variableOf(environment, 'PATH', 'linux'), undefined);
  assert.equal(windowsProgram('cmd.exe', environment), 'D:\\Windows\\System32\\cmd.exe');
  assert.equal(windowsProgram('cmd.exe', {}), 'C:\\Windows\\System32\\cmd.exe');
  assert.deepEqual(withVariables(environment, { PATH: 'C:\\own' }, 'win32'), {
    SYSTEMROOT: 'D:\\Windows',
    PATH: 'C:\\own',
  });
  assert.deepEqual(withVariables({ Path: 'a', PATH: 'b' }, { PATH: 'c' }, 'linux'), { Path: 'a', PATH: 'c' });
});

test('a list of paths is split as Go splits it', () => {
  assert.deepEqual(pathsIn('C:\\a;;D:\\b c;', 'win32'), ['C:\\a', 'D:\\b c']);
  assert.deepEqual(pathsIn('"C:\\a;b";D:\\"c d"', 'win32'), ['C:\\a;b', 'D:\\c d']);
  assert.deepEqual(pathsIn('""', 'win32'), []);
  assert.deepEqual(pathsIn('/a:/b;c::', 'linux'), ['/a', '/b;c']);
  const path = fc.string({ minLength: 1 }).filter((one) => !/[;"]/.test(one));
  fc.assert(fc.property(fc.array(path), (paths) => assert.deepEqual(pathsIn(paths.join(';'), 'win32'), paths)));
});

test('a kubeconfig is found where kubectl finds it', () => {
  const files = new Set<string>();
  const exists = (path: string) => files.has(path);
  const paths = (environment: Record<string, string>) => kubeconfigPaths(environment, undefined, 'win32', exists);
  assert.deepEqual(paths({ KubeConfig: 'C:\\a\\config;D:\\b;C:\\a\\config' }), ['C:\\a\\config', 'D:\\b']);
  const environment = { USERPROFILE: 'C:\\Users\\me', HOMEDRIVE: 'H:', HOMEPATH: '\\home' };
  // Nothing is there: the profile. Of two that are there, the older of Windows' ways; HOME is stronger than either.
  assert.deepEqual(paths(environment), ['C:\\Users\\me\\.kube\\config']);
  files.add('C:\\Users\\me\\.kube\\config');
  assert.deepEqual(paths(environment), ['C:\\Users\\me\\.kube\\config']);
  files.add('H:\\home\\.kube\\config');
  assert.deepEqual(paths(environment), ['H:\\home\\.kube\\config']);
  assert.deepEqual(paths({ ...environment, HOME: 'E:\\me' }), ['H:\\home\\.kube\\config']);
  files.add('E:\\me\\.kube\\config');
  assert.deepEqual(paths({ ...environment, HOME: 'E:\\me' }), ['E:\\me\\.kube\\config']);
  const folderOf = (more: Record<string, string>) =>
    homeFolder({ ...environment, ...more }, 'win32', (path) => path === 'H:\\home');
  assert.equal(folderOf({ HOME: 'E:\\me' }), 'H:\\home');
  assert.equal(folderOf({ HOMEPATH: '' }), 'C:\\Users\\me');
});

const programs = (...paths: string[]) => {
  const known = new Set(paths.map((path) => path.toLowerCase()));
  return (path: string) => known.has(path.toLowerCase());
};

test('a command is looked up in the PATH with the extensions of PATHEXT', () => {
  const environment = { Path: 'relative;C:\\first;"C:\\with space"', PATHEXT: '.COM;.EXE;;BAT;.CMD' };
  const find = (command: string, ...paths: string[]) =>
    findExecutable(command, environment, 'win32', programs(...paths));
  assert.equal(find('aws', 'C:\\with space\\aws.exe'), 'C:\\with space\\aws.exe');
  assert.equal(find('aws', 'C:\\first\\aws.cmd', 'C:\\with space\\aws.exe'), 'C:\\first\\aws.cmd');
  assert.equal(find('aws', 'C:\\first\\aws.cmd', 'C:\\first\\aws.exe'), 'C:\\first\\aws.exe');
  assert.equal(find('aws', 'C:\\first\\aws.bat'), 'C:\\first\\aws.bat');
  // Without an extension it is a file for a Unix shell, as npm puts one beside its .cmd.
  assert.equal(find('aws', 'C:\\first\\aws', 'C:\\first\\aws.cmd'), 'C:\\first\\aws.cmd');
  assert.equal(find('aws.cmd', 'C:\\first\\aws.cmd'), 'C:\\first\\aws.cmd');
  assert.equal(find('aws.v2', 'C:\\first\\aws.v2.exe'), 'C:\\first\\aws.v2.exe');
  // Neither the current folder nor one that is relative to it is searched.
  assert.equal(find('aws', 'aws.exe', '.\\aws.exe', 'relative\\aws.exe'), undefined);
  assert.equal(find('C:\\kube\\auth', 'C:\\kube\\auth.bat', 'C:\\first\\auth.exe'), 'C:\\kube\\auth.bat');
  assert.equal(find('C:/kube.d/auth', 'C:/kube.d/auth.exe'), 'C:/kube.d/auth.exe');
  assert.equal(findExecutable('aws', { PATH: 'C:\\a' }, 'win32', programs('C:\\a\\aws.cmd')), 'C:\\a\\aws.cmd');
  assert.equal(
    findExecutable('aws', {}, 'win32', () => true),
    undefined,
  );
});

test('a batch file is known by its extension', () => {
  for (const path of ['C:\\a.bat', 'C:\\A.CMD']) assert.ok(isBatchFile(path), path);
  for (const path of ['C:\\a.exe', 'C:\\bat', 'C:\\a.bat\\b', 'C:\\a.cmdx']) assert.ok(!isBatchFile(path), path);
});

// cmd.exe, as far as it matters here: https://stackoverflow.com/a/4095133 describes its phases.

const variables: Readonly<Record<string, string>> = { cd: 'C:\\a & b', PATH: '" & calc & "', x: '^' };

/** Phase 1 of a line that is no line of a batch file. */
function withVariablesReplaced(line: string): string {
  let result = '';
  for (let at = 0; at < line.length; ) {
    const end = line[at] === '%' ? line.indexOf('%', at + 1) : -1;
    const value = end < 0 ? undefined : substituteOf(line.slice(at + 1, end));
    result += value ?? line[at];
    at = value === undefined ? at + 1 : end + 1;
  }
  return result;
}

function substituteOf(written: string): string | undefined {
  const [, name = '', start = '0', length] = /^([^:]*)(?::~(\d*),?(\d*))?$/.exec(written) ?? [];
  const value = variables[name];
  return length === undefined ? value : value?.substring(Number(start), Number(start) + Number(length));
}

/** What phase 2 takes for more than text: it stands outside of quotes. */
function operatorsIn(line: string): string[] {
  let isQuoted = false;
  return [...line].filter((character) => {
    if (character === '"') isQuoted = !isQuoted;
    return !isQuoted && /[&|<>()^!%\r\n]/.test(character);
  });
}

/** What a batch file knows as %1, %2, ... */
function parametersOf(line: string): string[] {
  return line.match(/(?:"[^"]*(?:"|$)|[^\s,;="])+/g) ?? [];
}

/** How a program of Microsoft's C runtime splits its command line. */
function argumentsOf(line: string): string[] {
  const found: string[] = [];
  let current: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    const character = line[at + slashes];
    if (slashes > 0 || character === '"') {
      const isEscape = character === '"';
      current = (current ?? '') + '\\'.repeat(isEscape ? Math.floor(slashes / 2) : slashes);
      at += isEscape ? slashes : slashes - 1;
      if (!isEscape) continue;
      if (slashes % 2 === 1) current += '"';
      else if (isQuoted && line[at + 1] === '"') {
        current += '"';
        at++;
      } else isQuoted = !isQuoted;
    } else if (!isQuoted && (character === ' ' || character === '\t')) {
      if (current !== undefined) found.push(current);
      current = undefined;
    } else current = (current ?? '') + character;
  }
  return current === undefined ? found : [...found, current];
}

const evil = [...'"%^&|<>()!\\ ,;=\t:~cdx', 'PATH', '%cd%', '%x:~0,1%', '\\"', '"&calc&"', 'é', '\u2028'];
const argument = fc.array(fc.constantFrom(...evil), { maxLength: 12 }).map((parts) => parts.join(''));

/** The line that a batch file is started with, without what cmd.exe itself is told. */
function lineFor(file: string, args: readonly string[]): string {
  const command = batchCommand(file, args, {});
  assert.ok(command !== undefined);
  assert.equal(command.command, 'C:\\Windows\\System32\\cmd.exe');
  assert.deepEqual(command.args.slice(0, -1), ['/d', '/e:on', '/v:off', '/s', '/c']);
  const last = command.args.at(-1) ?? '';
  assert.match(last, /^"".*"$/su);
  return withVariablesReplaced(last.slice(1, -1));
}

test('whatever a batch file is called with is text: to cmd.exe, to the batch file, and to what that hands it to', () => {
  const file = fc.constantFrom('C:\\bin\\auth.cmd', 'C:\\100% mine\\a & b\\auth.bat', 'C:\\%PATH%\\(x86)\\auth.cmd');
  fc.assert(
    fc.property(file, fc.array(argument, { maxLength: 5 }), (path, args) => {
      const line = lineFor(path, args);
      assert.ok(line.startsWith(`"${path}"`));
      const rest = line.slice(path.length + 2).trimStart();
      assert.deepEqual(operatorsIn(`"${path}"`), []);
      assert.deepEqual(operatorsIn(rest), []);
      assert.equal(parametersOf(rest).length, args.length);
      assert.deepEqual(argumentsOf(rest), args);
    }),
    { numRuns: 2000 },
  );
});

test('the model of cmd.exe that this is measured by would see what goes wrong', () => {
  assert.deepEqual(operatorsIn(withVariablesReplaced('"a.cmd" "%PATH%"')), ['&', '&']);
  assert.deepEqual(operatorsIn('"a.cmd" "\\"&calc"'), ['&']);
  assert.deepEqual(argumentsOf('a "b c" "d\\"e" f\\\\ "g""h" "i\\\\"'), ['a', 'b c', 'd"e', 'f\\\\', 'g"h', 'i\\']);
  assert.equal(withVariablesReplaced('%none% 100%'), '%none% 100%');
  assert.equal(withVariablesReplaced('%x% %cd:~0,2%%cd:~,%'), '^ C:');
});

test('an argument that is a word stays one, for batch files that compare', () => {
  assert.equal(lineFor('C:\\auth.cmd', ['get-token', '--region', 'eu-1']), '"C:\\auth.cmd" get-token --region eu-1');
  assert.equal(lineFor('C:\\auth.cmd', ['a=b', 'dir\\', '']), '"C:\\auth.cmd" "a=b" "dir\\\\" ""');
});

test('what no command line can hold is refused', async (t) => {
  for (const arg of ['a\nb', 'a\rb', 'a\0b', 'x'.repeat(8200), '%'.repeat(1100)]) {
    assert.ok(batchCommand('C:\\auth.cmd', [arg], {}) === undefined, arg.slice(0, 10));
  }
  assert.equal(batchCommand('C:\\au\nth.cmd', [], {}), undefined);
  const folder = scratchFolder(t);
  const command = join(folder, 'auth.cmd');
  writeFileSync(command, '@echo off\r\n', { mode: 0o755 });
  const run = (args: readonly string[], named = command) =>
    runCommand({ command: named, args, environment: {}, folder }, {}, 10_000, new AbortController().signal, 'win32');
  assert.deepEqual(await run(['a\nb']), { kind: 'unsafeArguments' });
  // Where there is no cmd.exe, nothing runs it.
  if (process.platform !== 'win32') assert.deepEqual(await run(['a']), { kind: 'missing' });
  assert.deepEqual(await run([], 'auth'), { kind: 'missing' });
  const trouble = { kind: 'plugin', command: 'auth.cmd', problem: 'unsafeArguments' } as const;
  assert.equal(
    inEnglish(troubleSentence({ outcome: 'credentials', trouble })),
    'The credential plugin "auth.cmd" is a batch file, and Windows cannot hand it arguments with line breaks or of more than 8,000 characters.',
  );
});
