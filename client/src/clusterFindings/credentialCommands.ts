import * as vscode from 'vscode';
import type { MayRunParams } from '../../../server/src/cluster/protocol/index.ts';

/** Fingerprints of the commands that the user allowed. */
const storageKey = 'allowedCredentialCommands';

/** Asks before a command of the kubeconfig is run, and once for each command; only what was allowed is remembered. */
export class CredentialCommands {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  async mayRun({ contextName, command, args, folder, fingerprint }: MayRunParams): Promise<boolean> {
    if (!vscode.workspace.isTrusted) return false;
    const allowed = this.#memory.get<readonly string[]>(storageKey, []);
    if (allowed.includes(fingerprint)) return true;
    const run = vscode.l10n.t('Run');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The context "{0}" gets its credentials from a command of your kubeconfig. It would run in {1}: {2}',
        contextName,
        folder,
        [command, ...args].join(' '),
      ),
      run,
      vscode.l10n.t('Do Not Run'),
    );
    if (answer !== run) return false;
    await this.#memory.update(storageKey, [...new Set([...allowed, fingerprint])]);
    return true;
  }

  /** The next scan asks again. */
  async forget(): Promise<void> {
    await this.#memory.update(storageKey, undefined);
  }
}
