import * as vscode from 'vscode';
import type { Commands } from './registerCommands.ts';

/** A pod with a finding of each kind of fix. */
const sample = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: nginx:latest
      securityContext:
        privileged: true
      env:
        - name: DATABASE_PASSWORD
          value: correct-horse-battery
`;

export function walkthroughCommands(context: vscode.ExtensionContext): Commands {
  return {
    async openSample() {
      const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: sample });
      await vscode.window.showTextDocument(document);
    },
    openWalkthrough: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`),
  };
}
