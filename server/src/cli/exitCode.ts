/** What the process tells its caller. */
export const exitCode = {
  /** No finding at or above `--fail-on`. */
  clean: 0,
  /** At least one finding at or above `--fail-on`. */
  findings: 1,
  /** The command line was wrong, or an input could not be read. */
  trouble: 2,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
