/** `initializationOptions` of the `initialize` request. Every field may be absent: other editors send nothing. */
export interface InitializationOptions {
  /**
   * Commands that the editor itself carries out when they stand in a code action (see `commands.ts`). The server does
   * not announce these as its own, since two owners of one command id would clash.
   */
  readonly clientCommands?: readonly string[];
  /** Translations, from the English sentence to the sentence of the user's language. */
  readonly l10n?: Readonly<Record<string, string>>;
}
