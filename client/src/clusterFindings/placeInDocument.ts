import type * as vscode from 'vscode';
import {
  type PlaceRangeParams,
  type PlaceRangeResult,
  placeRangeMethod,
} from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';

/** Where a path leads to in an open document of one object; undefined where there is none. */
export async function placeInDocument(
  document: vscode.TextDocument,
  path: PlaceRangeParams['path'],
  client: KubeHardenClient,
  token?: vscode.CancellationToken,
): Promise<vscode.Range | undefined> {
  const { code2ProtocolConverter, protocol2CodeConverter } = client.languageClient;
  const textDocument = code2ProtocolConverter.asTextDocumentIdentifier(document);
  const params: PlaceRangeParams = { textDocument, path };
  const place = await client.request<PlaceRangeResult>(placeRangeMethod, params, token);
  return place === null ? undefined : protocol2CodeConverter.asRange(place);
}
