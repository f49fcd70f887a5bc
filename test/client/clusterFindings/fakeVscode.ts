// As much of the API of VS Code as the lines of the tree are made of.

import type { Localize } from '../../../server/src/sentences/index.ts';

let localize: Localize = (text) => text;

/** The language of the user. */
export function speak(language: Localize): void {
  localize = language;
}

type Filling = string | number;

export const l10n = {
  t(text: string, ...filling: readonly Filling[]): string {
    return localize(text, Object.fromEntries(filling.map((one, index) => [index, one])));
  },
};
/** Hours without "AM". */
export const env = { language: 'de' };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export class TreeItem {
  label: string;

  constructor(label: string) {
    this.label = label;
  }
}
export class ThemeIcon {}
export class ThemeColor {}
export class Range {}
export const Uri = { parse: (uri: string) => uri };
export const workspace = { asRelativePath: (uri: string) => uri.slice(uri.lastIndexOf('/') + 1) };
