import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckOptions, type Command, parseCommandLine } from '../../server/src/cli/commandLine.ts';

function checkOptions(...args: string[]): CheckOptions {
  const command = parseCommandLine(['check', ...args]);
  assert.equal(command.kind, 'check', JSON.stringify(command));
  return (command as Extract<Command, { kind: 'check' }>).options;
}

function usageProblem(...args: string[]): string {
  const command = parseCommandLine(args);
  assert.equal(command.kind, 'usage-error', JSON.stringify(command));
  return (command as Extract<Command, { kind: 'usage-error' }>).message;
}

test('check without arguments judges the current directory and fails on warnings', () => {
  assert.deepEqual(checkOptions(), {
    paths: ['.'],
    format: 'text',
    stdinFilename: undefined,
    profile: undefined,
    configPath: undefined,
    kubernetesVersion: undefined,
    fix: 'none',
    dryRun: false,
    baselinePath: undefined,
    writeBaselinePath: undefined,
    failOn: 'warning',
    color: undefined,
    quiet: false,
    outputPath: undefined,
  });
});

test('every option of check is read', () => {
  const options = checkOptions(
    '-',
    '--stdin-filename=shop/web.yaml',
    '-f',
    'sarif',
    '-p',
    'restricted',
    '-c',
    'team.yaml',
    '--kubernetes-version=v1.33.4',
    '--fix',
    '--harden',
    '--dry-run',
    '--baseline=old.json',
    '--fail-on=info',
    '--no-color',
    '-q',
    '-o',
    'out.sarif',
  );
  assert.deepEqual(options, {
    paths: ['-'],
    format: 'sarif',
    stdinFilename: 'shop/web.yaml',
    profile: 'restricted',
    configPath: 'team.yaml',
    kubernetesVersion: { minor: 33 },
    fix: 'harden',
    dryRun: true,
    baselinePath: 'old.json',
    writeBaselinePath: undefined,
    failOn: 'info',
    color: false,
    quiet: true,
    outputPath: 'out.sarif',
  });
});

test('help and version are found wherever they stand', () => {
  assert.deepEqual(parseCommandLine([]), { kind: 'help', topic: 'overview' });
  assert.deepEqual(parseCommandLine(['--help']), { kind: 'help', topic: 'overview' });
  assert.deepEqual(parseCommandLine(['help', 'check']), { kind: 'help', topic: 'check' });
  assert.deepEqual(parseCommandLine(['check', 'a.yaml', '--help']), { kind: 'help', topic: 'check' });
  assert.deepEqual(parseCommandLine(['rules', '-h']), { kind: 'help', topic: 'rules' });
  assert.deepEqual(parseCommandLine(['--version']), { kind: 'version' });
});

test('rules and explain', () => {
  assert.deepEqual(parseCommandLine(['rules', '--format', 'json']), { kind: 'rules', format: 'json' });
  assert.deepEqual(parseCommandLine(['explain', 'pod/privileged']), { kind: 'explain', ruleId: 'pod/privileged' });
});

test('usage errors are said in the words of the user', () => {
  assert.equal(usageProblem('chek'), 'There is no command "chek". Did you mean "check"?');
  assert.equal(usageProblem('frobnicate'), 'There is no command "frobnicate". Run "kubeharden --help" for a list.');
  assert.equal(
    usageProblem('check', '--formt', 'json'),
    'There is no option of "check" "--formt". Did you mean "--format"?',
  );
  assert.equal(usageProblem('check', '--format=xml'), '--format takes text, json, sarif, junit or github, not "xml".');
  assert.equal(usageProblem('check', '--fail-on', 'fatal'), '--fail-on takes error, warning or info, not "fatal".');
  assert.equal(usageProblem('check', '--profile', 'pci'), '--profile takes guide, restricted or all, not "pci".');
  assert.equal(usageProblem('check', '--fix=yes'), '--fix takes no value.');
  assert.equal(usageProblem('check', '--output'), '--output needs a value.');
  assert.equal(
    usageProblem('check', '--kubernetes-version', 'latest'),
    '--kubernetes-version takes a minor version such as 1.37, not "latest".',
  );
  assert.equal(usageProblem('check', '--harden'), '--harden needs --fix.');
  assert.equal(usageProblem('check', '--dry-run'), '--dry-run needs --fix.');
  assert.equal(usageProblem('check', '-', 'a.yaml'), '"-" (standard input) cannot be combined with other paths.');
  assert.equal(usageProblem('check', '--stdin-filename', 'a.yaml', '.'), '--stdin-filename needs "-" as the path.');
  assert.equal(
    usageProblem('explain'),
    '"kubeharden explain" takes one rule, for example "kubeharden explain pod/privileged".',
  );
  assert.equal(
    usageProblem('rules', 'pod/privileged'),
    '"kubeharden rules" takes no argument; "kubeharden explain pod/privileged" explains a rule.',
  );
});
