import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Programs that belong together and to one folder, with their output in `<name>.log` there. */
export interface Processes {
  /** @throws {Error} when there is no such program. */
  start(name: string, program: string, args: readonly string[]): void;
  /** The first that has ended by itself, with the end of its output. */
  ended(): { readonly name: string; readonly output: string } | undefined;
  /** Ends one of them at once, as a crash would. */
  kill(name: string): Promise<void>;
  /** Ends all at once and removes the folder. */
  stop(): Promise<void>;
}

/**
 * Nothing outlives this process, whatever ends it: a shell beside it, in a group of its own, waits for the end of a pipe
 * that only this process holds open, then kills the programs and removes the folder.
 */
export function processesIn(folder: string): Processes {
  const children = new Map<string, ChildProcess>();
  const guard = spawn(
    'sh',
    ['-c', `while read -r pid; do pids="$pids $pid"; done; kill -9 $pids; rm -rf "$0"`, folder],
    {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  guard.unref();
  unrefPipe(guard);

  const kill = async (name: string) => {
    const child = children.get(name);
    if (child === undefined || hasEnded(child)) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.ref();
    child.kill('SIGKILL');
    await gone;
  };

  return {
    start(name, program, args) {
      const log = openSync(join(folder, `${name}.log`), 'a');
      const child = spawn(program, args, { cwd: folder, stdio: ['ignore', log, log] });
      closeSync(log);
      // A test that fails to stop the server must still come to its end.
      child.unref();
      child.on('error', (error) => console.error(`${name}: ${error.message}`));
      if (child.pid === undefined) throw new Error(`${program} cannot be started`);
      guard.stdin?.write(`${child.pid}\n`);
      children.set(name, child);
    },
    ended() {
      const found = [...children].find(([, child]) => hasEnded(child));
      if (found === undefined) return undefined;
      return { name: found[0], output: readFileSync(join(folder, `${found[0]}.log`), 'utf8').slice(-4000) };
    },
    kill,
    async stop() {
      await Promise.all([...children.keys()].map(kill));
      guard.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** An open pipe would keep this process waiting. */
function unrefPipe({ stdin }: ChildProcess): void {
  const pipe = stdin as (NodeJS.WritableStream & { unref?: () => void }) | null;
  pipe?.unref?.();
}

/** Ports of the loopback interface that nobody listens on, each another. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => resolve(server));
      });
    }),
  );
  return servers.map((server) => {
    const address = server.address();
    server.close();
    if (address === null || typeof address === 'string') throw new Error('A server without a port');
    return address.port;
  });
}
