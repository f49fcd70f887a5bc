import { allDescriptions, didYouMean, ruleDescription } from '../analysis/index.ts';
import { ruleDocumentation } from '../rules/index.ts';
import { runCheck } from './check/runCheck.ts';
import { type Command, parseCommandLine } from './commandLine.ts';
import { type ExitCode, exitCode } from './exitCode.ts';
import { helpText } from './helpText.ts';
import { rulesAsJson, rulesAsText } from './listRules.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { version } from './version.ts';

async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  switch (command.kind) {
    case 'check':
      return runCheck(command.options, terminal);
    case 'cluster':
      // Whoever checks files does not wait for what speaks to clusters.
      return (await import('./cluster/runCluster.ts')).runCluster(command.options, terminal);
    case 'rules':
      terminal.write(command.format === 'json' ? rulesAsJson(allDescriptions()) : rulesAsText(allDescriptions()));
      return exitCode.clean;
    case 'explain':
      return explain(command.ruleId, terminal);
    case 'help':
      terminal.write(helpText(command.topic));
      return exitCode.clean;
    case 'version':
      terminal.write(`${version}\n`);
      return exitCode.clean;
    case 'usage-error':
      terminal.writeError(`kubeharden: ${command.message}\n`);
      return exitCode.trouble;
  }
}

function explain(ruleId: string, terminal: Terminal): ExitCode {
  const description = ruleDescription(ruleId);
  if (description !== undefined) {
    terminal.write(ruleDocumentation(description));
    return exitCode.clean;
  }
  const suggestion = didYouMean(
    ruleId,
    allDescriptions().map(({ id }) => id),
  );
  const hint = suggestion === undefined ? '"kubeharden rules" lists them all.' : `Did you mean "${suggestion}"?`;
  terminal.writeError(`kubeharden: There is no rule "${ruleId}". ${hint}\n`);
  return exitCode.trouble;
}

/** Carries out a command line, its arguments given, and sets the exit code of the process. */
export async function runProgram(args: readonly string[]): Promise<void> {
  const terminal = processTerminal();
  try {
    process.exitCode = await run(parseCommandLine(args), terminal);
  } catch (error) {
    terminal.writeError(`kubeharden: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCode.trouble;
  }
}
