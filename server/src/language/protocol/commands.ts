/**
 * Commands that code actions name. The VS Code extension carries them out itself (and says so in
 * `InitializationOptions.clientCommands`); for other editors the server does, through `workspace/executeCommand`.
 */

/** Arguments: {@link ShowRuleDocumentationArguments}. */
export const showRuleDocumentationCommand = 'kubeharden.showRuleDocumentation';
export type ShowRuleDocumentationArguments = readonly [ruleId: string];
