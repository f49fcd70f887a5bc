import { existsSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createWorkspace, type FaceSettings, type Finding, writeBaseline } from '../../analysis/index.ts';
import type { CheckOptions } from '../commandLine.ts';
import { type ExitCode, exitCode } from '../exitCode.ts';
import { renderReport } from '../report/renderReport.ts';
import { fails, type NotCheckedFile, type Report } from '../report/report.ts';
import type { Terminal } from '../terminal.ts';
import { type AppliedFixes, applyFixes, type JudgedInput } from './applyFixes.ts';
import { reportFile } from './buildReport.ts';
import { type CollectedInputs, collectInputs, displayName, type NamedInput, standardInput } from './collectInputs.ts';
import { projectFolder } from './projectFolder.ts';
import { mostBytes, readInput } from './readInput.ts';
import { systemReason } from './walkManifests.ts';
import { createHost } from './workspaceHost.ts';

/** `kubeharden check`. Unreadable input does not keep the rest from being judged. */
export async function runCheck(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  for (const path of [options.configPath, options.baselinePath]) {
    if (path !== undefined && !existsSync(resolve(terminal.currentDirectory, path))) {
      terminal.writeError(`kubeharden: ${path}: There is no such file.\n`);
      return exitCode.trouble;
    }
  }
  const named = options.paths[0] === '-' ? [options.stdinFilename ?? 'stdin'] : options.paths;
  const project = projectFolder(named.map((path) => resolve(terminal.currentDirectory, path)));
  const projectUri = pathToFileURL(project).href.replace(/\/$/, '');
  const host = createHost(settingsOf(options, terminal.currentDirectory), projectUri, new Date());
  const workspace = createWorkspace(host);
  const { inputs, hasDirectory, unreadable } = await collect(options, terminal);

  const judged: JudgedInput[] = [];
  const notChecked: NotCheckedFile[] = [];
  const failed: NotCheckedFile[] = [...unreadable];
  for (const input of inputs) {
    if (workspace.configurationFor(input.uri).isExcluded) {
      if (input.isNamed) notChecked.push({ file: input.file, reason: 'The configuration excludes it.' });
      continue;
    }
    const read = input.read();
    switch (read.kind) {
      case 'text':
        workspace.setText(input.uri, read.text);
        judged.push({ input, text: read.text, isExact: read.isExact });
        break;
      case 'not-checked':
        notChecked.push({ file: input.file, reason: read.reason });
        break;
      case 'unreadable':
        failed.push({ file: input.file, reason: read.reason });
        break;
    }
  }
  if (hasDirectory) workspace.foldersComplete([projectUri]);

  const fixes = fixesOf(options, () =>
    applyFixes(workspace, judged, options.fix === 'harden' ? ['safe', 'hardening'] : ['safe'], options.dryRun),
  );
  if (fixes !== undefined) failed.push(...fixes.failed);

  const names = new Map(inputs.map((input) => [input.uri, input.file]));
  const nameOf = (uri: string) => names.get(uri) ?? nameOfUri(uri, terminal.currentDirectory);
  const reports = judged.map(({ input }) => reportFile(workspace, input, nameOf));
  // A mistake in a configuration file decides what is reported, so it is reported wherever the file stands.
  for (const input of configurationInputs(host.configurationFiles(), names, nameOf)) {
    const read = input.read();
    if (read.kind !== 'text') continue;
    workspace.setText(input.uri, read.text);
    reports.push({ ...reportFile(workspace, input, nameOf), files: [] });
  }

  const findings = reports.flatMap(({ findings }) => findings);
  const report: Report = {
    findings,
    suppressed: reports.flatMap(({ suppressed }) => suppressed),
    notChecked: [...notChecked, ...reports.flatMap((file) => file.notChecked)],
    unreadable: failed,
    files: reports.flatMap(({ files }) => files),
    resourceCount: reports.reduce((sum, file) => sum + file.resourceCount, 0),
    failOn: options.failOn,
    fixes: fixes === undefined ? undefined : { ...fixes, isDryRun: options.dryRun },
    baseUri: pathToFileURL(`${terminal.currentDirectory}/`).href,
  };

  const baselined = findings.map(({ finding }) => finding);
  const isWritten = await deliver(report, baselined, options, fixes?.output, terminal);
  if (!isWritten || failed.length > 0) return exitCode.trouble;
  if (options.writeBaselinePath !== undefined) return exitCode.clean;
  return report.findings.some((finding) => fails(finding, options.failOn)) ? exitCode.findings : exitCode.clean;
}

function settingsOf(options: CheckOptions, currentDirectory: string): FaceSettings {
  const uriOf = (path: string) => pathToFileURL(resolve(currentDirectory, path)).href;
  return {
    // The same files as in an editor are judged, but all of their findings are wanted.
    maxFileSizeKb: mostBytes / 1024,
    maxProblems: Number.MAX_SAFE_INTEGER,
    forced: {
      ...(options.profile === undefined ? {} : { profile: options.profile }),
      ...(options.kubernetesVersion === undefined ? {} : { kubernetesVersion: options.kubernetesVersion }),
    },
    ...(options.configPath === undefined ? {} : { configurationFile: uriOf(options.configPath) }),
    ...(options.baselinePath === undefined ? {} : { baselineFile: uriOf(options.baselinePath) }),
  };
}

async function collect(options: CheckOptions, terminal: Terminal): Promise<CollectedInputs> {
  if (options.paths[0] !== '-') return collectInputs(options.paths, terminal.currentDirectory);
  const bytes = await terminal.readStandardInput();
  return {
    inputs: [standardInput(bytes, options.stdinFilename, terminal.currentDirectory)],
    hasDirectory: false,
    unreadable: [],
  };
}

function fixesOf(options: CheckOptions, apply: () => AppliedFixes): AppliedFixes | undefined {
  return options.fix === 'none' ? undefined : apply();
}

function configurationInputs(
  found: ReadonlyMap<string, string>,
  judged: ReadonlyMap<string, string>,
  nameOf: (uri: string) => string,
): readonly NamedInput[] {
  return [...found.keys()]
    .filter((uri) => !judged.has(uri))
    .map((uri) => {
      const path = fileURLToPath(uri);
      return { uri, file: nameOf(uri), path, isNamed: false, read: () => readInput(path) };
    });
}

function nameOfUri(uri: string, currentDirectory: string): string {
  return uri.startsWith('file:') ? displayName(fileURLToPath(uri), currentDirectory) : uri;
}

/** Writes baseline, fixed text or diff, and report to where they belong; false if one could not be written. */
async function deliver(
  report: Report,
  findings: readonly Finding[],
  options: CheckOptions,
  fixOutput: string | undefined,
  terminal: Terminal,
): Promise<boolean> {
  const toFile = options.outputPath !== undefined;
  // Fixed text and diffs are for another program: the report must not stand among them.
  const isStdoutTaken = options.fix !== 'none' && (options.dryRun || options.paths[0] === '-');
  const color = options.color ?? (!toFile && (isStdoutTaken ? terminal.hasColorOnError : terminal.hasColor));
  const text = await renderReport(report, options.format, {
    color: options.format === 'text' && color,
    quiet: options.quiet,
    hasBaseline: options.baselinePath !== undefined,
  });
  try {
    if (options.writeBaselinePath !== undefined) {
      const path = resolve(terminal.currentDirectory, options.writeBaselinePath);
      writeFileSync(path, writeBaseline(findings, pathToFileURL(dirname(path)).href));
    }
    if (toFile) writeFileSync(resolve(terminal.currentDirectory, options.outputPath), text);
  } catch (error) {
    terminal.writeError(`kubeharden: ${options.outputPath ?? options.writeBaselinePath}: ${systemReason(error)}\n`);
    return false;
  }
  if (fixOutput !== undefined) terminal.write(fixOutput);
  if (!toFile) {
    if (isStdoutTaken) terminal.writeError(text);
    else terminal.write(text);
  }
  return true;
}
