import { buffer } from 'node:stream/consumers';

/** What a command may use of the process it runs in. */
export interface Terminal {
  readonly currentDirectory: string;
  readonly hasColor: boolean;
  readonly hasColorOnError: boolean;
  write(text: string): void;
  writeError(text: string): void;
  readStandardInput(): Promise<Buffer>;
}

export function processTerminal(): Terminal {
  // Whoever reads may stop early (`| head`): that is no error of ours.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
  return {
    currentDirectory: process.cwd(),
    hasColor: wantsColor(process.stdout, process.env),
    hasColorOnError: wantsColor(process.stderr, process.env),
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    readStandardInput: () => buffer(process.stdin),
  };
}

/** https://no-color.org: a NO_COLOR that is not empty means no colour, whatever it says. */
function wantsColor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}
