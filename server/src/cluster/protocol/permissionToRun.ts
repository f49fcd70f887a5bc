/** Request, cluster process to client: {@link MayRunParams} in, a boolean out. A credential plugin wants to be started. */
export const mayRunMethod = 'cluster/mayRun';

export interface MayRunParams {
  readonly contextName: string;
  /** As it will run: a path, or a name that is looked up in the PATH. */
  readonly command: string;
  /** What looks like a secret is hidden. */
  readonly args: readonly string[];
  /** Where it runs. */
  readonly folder: string;
  /** The same for the same command, arguments and variables: what an answer may be remembered under. */
  readonly fingerprint: string;
}
