/**
 * Notification, client to cluster process, before anything else and whenever it changes: what only the editor knows.
 * The process takes nothing of it from its own surroundings.
 */
export const environmentMethod = 'cluster/environment';

export interface EnvironmentParams {
  /** How requests name themselves: `kubeharden/0.1.0`. */
  readonly userAgent: string;
  /** Commands of the kubeconfig run only in a trusted workspace. */
  readonly isTrusted: boolean;
  /** Absolute paths; no kubeconfig in them is read. */
  readonly workspaceFolders: readonly string[];
  /** The file that the settings name; else KUBECONFIG and `~/.kube/config`. */
  readonly kubeconfig?: string;
  /** The editor's `http.proxy`; the environment's own variables count where it is empty. */
  readonly proxy?: string;
  readonly noProxy?: readonly string[];
}
