import { type ChildProcess, spawn } from 'node:child_process';
import { type Environment, windowsProgram } from '../environment.ts';
import { shownErrorCode } from '../shownErrorCode.ts';
import { batchCommand, isBatchFile } from './batchFile.ts';
import { findExecutable } from './findExecutable.ts';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** What it starts with. */
  readonly environment: Environment;
  readonly folder: string;
}

export type CommandResult =
  | { readonly kind: 'exited'; readonly exitCode: number | string; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' }
  /** A batch file of Windows, which cannot be handed these arguments. */
  | { readonly kind: 'unsafeArguments' }
  | { readonly kind: 'timeout'; readonly stderr: string };

/** A plugin prints some kilobytes; what goes on beyond this is no credential. */
const maxOutput = 1024 * 1024;

/**
 * Runs a command without a shell and without an input, and kills it, with all that it started, when its time is over or
 * the signal is aborted (then the exit code is `cancelled`). Never rejects.
 *
 * @param surroundings the environment whose PATH the command is looked up in
 */
export async function runCommand(
  { command, args, environment, folder }: Command,
  surroundings: Environment,
  timeoutMs: number,
  signal: AbortSignal,
  platform: NodeJS.Platform = process.platform,
): Promise<CommandResult> {
  const isWindows = platform === 'win32';
  const file = findExecutable(command, surroundings, platform);
  if (file === undefined) return { kind: 'missing' };
  const isBatch = isWindows && isBatchFile(file);
  const program = isBatch ? batchCommand(file, args, surroundings) : { command: file, args };
  if (program === undefined) return { kind: 'unsafeArguments' };
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(program.command, program.args, {
        cwd: folder,
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
        windowsVerbatimArguments: isBatch,
        // A group of its own, so that what a wrapper script started can be killed too.
        detached: !isWindows,
      });
    } catch (error) {
      // An argument with a NUL character.
      resolve({ kind: 'exited', exitCode: shownErrorCode(error), stdout: '', stderr: '' });
      return;
    }
    const output = { stdout: '', stderr: '' };
    const finish = (result: CommandResult) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => {
      killTree(child, isWindows, surroundings);
      finish({ kind: 'timeout', stderr: output.stderr });
    }, timeoutMs);
    const onAbort = () => {
      killTree(child, isWindows, surroundings);
      finish({ kind: 'exited', exitCode: 'cancelled', ...output });
    };
    signal.addEventListener('abort', onAbort, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        if (output[name].length < maxOutput) output[name] += text;
      });
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT' || error.code === 'EACCES';
      finish(isMissing ? { kind: 'missing' } : { kind: 'exited', exitCode: shownErrorCode(error), ...output });
    });
    child.once('close', (code, killedBy) =>
      finish({ kind: 'exited', exitCode: code ?? killedBy ?? 'unknown', ...output }),
    );
    if (signal.aborted) onAbort();
  });
}

function killTree(child: ChildProcess, isWindows: boolean, surroundings: Environment): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (!isWindows) process.kill(-pid, 'SIGKILL');
    else {
      spawn(windowsProgram('taskkill.exe', surroundings), ['/pid', String(pid), '/t', '/f'], {
        stdio: 'ignore',
        windowsHide: true,
      }).once('error', () => child.kill());
    }
  } catch {
    // It has just ended by itself.
  }
}
