#!/usr/bin/env node
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

const terminal = processTerminal();
run(parseCommandLine(process.argv.slice(2)), terminal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    terminal.writeError(`kubeharden: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCode.trouble;
  },
);
