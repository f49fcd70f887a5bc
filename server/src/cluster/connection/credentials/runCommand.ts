import { type ChildProcess, spawn } from 'node:child_process';
import { shownErrorCode } from '../shownErrorCode.ts';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

export type CommandResult =
  | { readonly kind: 'exited'; readonly exitCode: number | string; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'timeout'; readonly stderr: string };

/** A plugin prints some kilobytes; what goes on beyond this is no credential. */
const maxOutput = 1024 * 1024;

/**
 * Runs a command without a shell and without an input, and kills it, with all that it started, when its time is over or
 * the signal is aborted (then the exit code is `cancelled`). Never rejects.
 */
export function runCommand(
  { command, args, environment, folder }: Command,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const isGroup = process.platform !== 'win32';
    let child: ChildProcess;
    try {
      child = spawn(command, args, {
        cwd: folder,
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
        // A group of its own, so that what a wrapper script started can be killed too.
        detached: isGroup,
      });
    } catch (error) {
      // Windows: a script without a shell (EINVAL). Everywhere: an argument with a NUL character.
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
      kill(child, isGroup);
      finish({ kind: 'timeout', stderr: output.stderr });
    }, timeoutMs);
    const onAbort = () => {
      kill(child, isGroup);
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

function kill(child: ChildProcess, isGroup: boolean): void {
  try {
    if (isGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
