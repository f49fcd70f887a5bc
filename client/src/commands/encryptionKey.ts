import * as vscode from 'vscode';
import {
  type GenerateKeyParams,
  type GenerateKeyResult,
  generateKeyMethod,
} from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import { findKeyPlace } from './keyPlace.ts';
import type { Commands } from './registerCommands.ts';

export function encryptionKeyCommands(client: KubeHardenClient): Commands {
  return { generateEncryptionKey: () => insertEncryptionKey(client) };
}

/** Puts 32 random bytes in base64 at the cursor, or in the place of the placeholder on the cursor's line. */
async function insertEncryptionKey(client: KubeHardenClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const { document, selection } = editor;
  const place = selection.isEmpty ? findKeyPlace(document.lineAt(selection.active).text) : { kind: 'none' as const };
  if (place.kind === 'key') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'This line holds a key already: data encrypted with it would be lost. Add a new key above it instead.',
      ),
    );
    return;
  }
  const params: GenerateKeyParams = { bytes: 32 };
  const { key } = await client.request<GenerateKeyResult>(generateKeyMethod, params);
  const { line } = selection.active;
  await editor.edit((edit) => {
    if (place.kind === 'placeholder') {
      edit.replace(
        new vscode.Range(line, place.start, line, place.end),
        place.start === place.afterColon ? ` ${key}` : key,
      );
    } else {
      edit.replace(selection, key);
    }
  });
}
