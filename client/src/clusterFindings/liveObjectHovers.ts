import * as vscode from 'vscode';
import { liveObjectScheme } from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterModel } from './clusterModel.ts';
import type { FieldWriters } from './fieldWriters.ts';
import { liveObjectReference } from './liveObjectUri.ts';
import { placeInDocument } from './placeInDocument.ts';
import { objectId } from './shownFinding.ts';
import { writerMarkdown } from './tooltips.ts';

/** Says of findings in live objects who set the field last, beside what the language server says of them. */
export class LiveObjectHovers implements vscode.HoverProvider {
  readonly #model: ClusterModel;
  readonly #client: KubeHardenClient;
  readonly #writers: FieldWriters;

  constructor(model: ClusterModel, client: KubeHardenClient, writers: FieldWriters) {
    this.#model = model;
    this.#client = client;
    this.#writers = writers;
  }

  register(): vscode.Disposable {
    return vscode.languages.registerHoverProvider({ scheme: liveObjectScheme }, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const reference = liveObjectReference(document.uri.query);
    if (reference === undefined) return undefined;
    const { contextName, object } = reference;
    const { findings = [] } = this.#model.stateOf(contextName).scanned ?? {};
    const inObject = findings.filter((one) => one.object !== undefined && objectId(one.object) === objectId(object));
    const places = await Promise.all(
      inObject.map(async (finding) => ({
        finding,
        range: await placeInDocument(document, finding.path, this.#client, token),
      })),
    );
    // The innermost, for what is missing in a container has the place of the container.
    let here: (typeof places)[number] | undefined;
    for (const place of places) {
      const { range } = place;
      if (range?.contains(position) === true && here?.range?.contains(range) !== false) here = place;
    }
    if (here === undefined) return undefined;
    const writer = await this.#writers.lastWriter(contextName, here.finding, token);
    return writer === undefined ? undefined : new vscode.Hover(writerMarkdown(writer), here.range);
  }
}
