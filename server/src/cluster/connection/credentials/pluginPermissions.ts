import { createHash } from 'node:crypto';
import type { ExecPlugin } from '../kubeconfig/kubeconfig.ts';
import { secretArguments, shownPluginText } from '../secret.ts';

/** What a user is asked to allow. */
export interface PluginQuestion {
  /** As it will run: a path, or a name that is looked up in the PATH. */
  readonly command: string;
  /** What looks like a secret is hidden. */
  readonly args: readonly string[];
  /** Names only. */
  readonly environment: readonly string[];
  /** The folder of the kubeconfig that asks for it, and where it runs. */
  readonly folder: string;
  readonly installHint: string;
  /** The same for the same command, arguments and variables: what an answer can be remembered under. */
  readonly fingerprint: string;
}

export interface PluginPermissions {
  ask(plugin: ExecPlugin): Promise<'allowed' | 'notAllowed' | 'notTrusted'>;
}

/**
 * Remembers what may run, for as long as this object lives. A yes holds for the command with these arguments, whichever
 * context it is for; a no holds until it is asked for again, but for all who are waiting.
 *
 * @param isTrusted whether the workspace is; asked each time, since trust can be granted
 * @param mayRun asks the user, or remembers; a rejection is a no
 */
export function createPluginPermissions(
  isTrusted: () => boolean,
  mayRun: (question: PluginQuestion) => Promise<boolean>,
): PluginPermissions {
  const answers = new Map<string, Promise<boolean>>();
  return {
    async ask(plugin) {
      if (!isTrusted()) return 'notTrusted';
      const fingerprint = fingerprintOf(plugin);
      let answer = answers.get(fingerprint);
      if (answer === undefined) {
        answer = mayRun(question(plugin, fingerprint)).catch(() => false);
        answers.set(fingerprint, answer);
      }
      if (await answer) return 'allowed';
      if (answers.get(fingerprint) === answer) answers.delete(fingerprint);
      return 'notAllowed';
    },
  };
}

function question(plugin: ExecPlugin, fingerprint: string): PluginQuestion {
  const secrets = secretArguments(plugin.args);
  return {
    command: plugin.command,
    args: plugin.args.map((arg) => shownPluginText(arg, secrets)),
    environment: plugin.environment.map(({ name }) => name),
    folder: plugin.folder,
    installHint: shownPluginText(plugin.installHint),
    fingerprint,
  };
}

/** A digest, because variables may hold secrets and the answer may be stored. */
function fingerprintOf({ command, args, environment, folder }: ExecPlugin): string {
  const variables = environment.map(({ name, value }) => [name, value.reveal()]);
  return createHash('sha256')
    .update(JSON.stringify([command, args, variables, folder]))
    .digest('hex');
}
