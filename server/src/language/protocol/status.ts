/**
 * Notification, server to client, whenever what it says of an open document changes: what the language status item
 * shows for that document. All sentences are for the user.
 */
export const documentStatusMethod = 'kubeharden/documentStatus';

export interface DocumentStatusParams {
  readonly uri: string;
  /** The document holds Kubernetes YAML or JSON and is judged. */
  readonly isManifest: boolean;
  readonly resourceCount: number;
  readonly findingCount: number;
  /** Why the document, or parts of it, are not checked: too large, excluded, a template. */
  readonly notChecked: readonly string[];
  /** What is wrong with the configuration that holds for it. */
  readonly configurationProblems: readonly string[];
}

/** Notification, server to client: what the server as a whole is doing. */
export const workspaceStatusMethod = 'kubeharden/workspaceStatus';

export interface WorkspaceStatusParams {
  /** A sentence while the workspace is being read ("Reading the manifests of the workspace."), else absent. */
  readonly busy?: string;
  /** Sentences: what findings across files do not cover (a folder above the cap, unreadable files). */
  readonly notChecked: readonly string[];
}
