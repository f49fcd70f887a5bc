import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ClusterReport, ClusterSessions, type ScanParams, withoutMessage } from '../../cluster/index.ts';
import { inEnglish } from '../../sentences/index.ts';
import { systemReason } from '../check/walkManifests.ts';
import type { ClusterOptions } from '../commandLine.ts';
import { type ExitCode, exitCode } from '../exitCode.ts';
import { renderReport } from '../report/renderReport.ts';
import { fails } from '../report/report.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { clusterText } from './clusterText.ts';
import { reportOfCluster } from './reportOfCluster.ts';

/** `kubeharden cluster`. Whoever types the command has said that the kubeconfig's own commands may run. */
export async function runCluster(options: ClusterOptions, terminal: Terminal): Promise<ExitCode> {
  const sessions = new ClusterSessions(process.env, { mayRun: async () => true, progress() {}, changed() {} });
  sessions.use({
    userAgent: `kubeharden/${version}`,
    isTrusted: true,
    workspaceFolders: [],
    ...(options.kubeconfig === undefined ? {} : { kubeconfig: resolve(terminal.currentDirectory, options.kubeconfig) }),
  });
  try {
    const params = await scanParams(options, sessions, terminal);
    if (params === undefined) return exitCode.trouble;
    const result = await sessions.scan(params, new AbortController().signal);
    if (result.kind === 'report') return await deliver(result.report, options, terminal);
    const lines = result.kind === 'unreachable' ? [inEnglish(result.message), ...result.details] : ['Cancelled.'];
    terminal.writeError(`kubeharden: ${lines.join('\n  ')}\n`);
    return exitCode.trouble;
  } catch (error) {
    throw withoutMessage(error);
  } finally {
    sessions.close();
  }
}

/** undefined: the trouble has been said. */
async function scanParams(
  options: ClusterOptions,
  sessions: ClusterSessions,
  terminal: Terminal,
): Promise<ScanParams | undefined> {
  const { contexts, problems, files } = await sessions.contexts();
  for (const problem of problems) terminal.writeError(`kubeharden: ${inEnglish(problem)}\n`);
  const context =
    options.context === undefined
      ? contexts.find(({ isCurrent }) => isCurrent)
      : contexts.find(({ name }) => name === options.context);
  if (context === undefined) {
    terminal.writeError(
      `kubeharden: ${whyNoContext(
        options.context,
        contexts.map(({ name }) => name),
        files,
      )}\n`,
    );
    return undefined;
  }
  const configuration = readConfiguration(options, terminal);
  if (configuration === 'unreadable') return undefined;
  return {
    contextName: context.name,
    readsSecretMetadata: options.readsSecretMetadata,
    ...(options.namespaces === undefined ? {} : { namespaces: options.namespaces }),
    ...(options.profile === undefined ? {} : { forcedProfile: options.profile }),
    ...(configuration === undefined ? {} : { configuration }),
  };
}

function whyNoContext(wanted: string | undefined, names: readonly string[], files: readonly string[]): string {
  if (files.length === 0) return 'There is no kubeconfig: neither KUBECONFIG nor ~/.kube/config leads to one.';
  const known = names.length === 0 ? 'It names none.' : `It has: ${names.join(', ')}.`;
  return wanted === undefined
    ? `The kubeconfig sets no current context. ${known} Choose one with --context.`
    : `The kubeconfig has no context "${wanted}". ${known}`;
}

function readConfiguration({ configPath }: ClusterOptions, terminal: Terminal) {
  if (configPath === undefined) return undefined;
  const path = resolve(terminal.currentDirectory, configPath);
  try {
    return { uri: pathToFileURL(path).href, text: readFileSync(path, 'utf8') };
  } catch (error) {
    terminal.writeError(`kubeharden: ${configPath}: ${systemReason(error)}\n`);
    return 'unreadable';
  }
}

async function deliver(cluster: ClusterReport, options: ClusterOptions, terminal: Terminal): Promise<ExitCode> {
  const report = reportOfCluster(cluster, options);
  const toFile = options.outputPath !== undefined;
  const style = { color: options.color ?? (!toFile && terminal.hasColor), quiet: options.quiet };
  const text =
    options.format === 'text'
      ? clusterText(cluster, report, style)
      : await renderReport(report, options.format, { ...style, hasBaseline: false });
  if (toFile) {
    try {
      writeFileSync(resolve(terminal.currentDirectory, options.outputPath), text);
    } catch (error) {
      terminal.writeError(`kubeharden: ${options.outputPath}: ${systemReason(error)}\n`);
      return exitCode.trouble;
    }
  } else {
    terminal.write(text);
  }
  return report.findings.some((finding) => fails(finding, options.failOn)) ? exitCode.findings : exitCode.clean;
}
