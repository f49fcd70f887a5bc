import type { ManifestDocument, ManifestFile, Place, PositionRange } from '../../manifest/index.ts';
import type { Fix, RuleDescription, Severity } from '../../rules/index.ts';
import { inEnglish, type Sentence } from '../../sentences/index.ts';
import type { Finding } from '../finding.ts';
import { fingerprint } from './fingerprint.ts';
import type { JudgedFinding } from './judgedFinding.ts';

/** A judged finding in a version of a file. Everything costly is made when asked for. */
export class ReportedFinding implements Finding {
  readonly uri: string;
  readonly isBaselined: boolean;
  readonly #judged: JudgedFinding;
  readonly #file: ManifestFile;
  #range: PositionRange | undefined;
  #fingerprint: string | undefined;

  constructor(judged: JudgedFinding, uri: string, file: ManifestFile, baseline: ReadonlySet<string>) {
    this.#judged = judged;
    this.uri = uri;
    this.#file = file;
    this.isBaselined = baseline.size > 0 && baseline.has(this.fingerprint);
  }

  get ruleId(): string {
    return this.#judged.description.id;
  }

  get description(): RuleDescription {
    return this.#judged.description;
  }

  get severity(): Severity {
    return this.isBaselined ? 'info' : this.#judged.severity;
  }

  get document(): ManifestDocument {
    return this.#judged.document;
  }

  get place(): Place {
    return this.#judged.place;
  }

  get range(): PositionRange {
    this.#range ??= tightRange(this.#file, this.#judged.place);
    return this.#range;
  }

  get message(): string {
    return inEnglish(this.sentence);
  }

  get sentence(): Sentence {
    const text = this.description.messages[this.messageKey] ?? this.description.summary;
    return { text, args: this.args };
  }

  get messageKey(): string {
    return this.#judged.messageKey;
  }

  get args(): Readonly<Record<string, string | number>> {
    return this.#judged.args;
  }

  get resource(): string {
    const { resource } = this.#judged;
    if (resource === undefined) return '';
    const name = resource.namespace === '' ? resource.name : `${resource.namespace}/${resource.name}`;
    return name === '' ? resource.kind : `${resource.kind} ${name}`;
  }

  get related(): Finding['related'] {
    const { messages } = this.description;
    return this.#judged.related.flatMap((related) => {
      const message = inEnglish({ text: messages[related.message] ?? related.message, args: this.args });
      const location =
        related.kind === 'elsewhere'
          ? related.locate()
          : { uri: this.uri, range: tightRange(this.#file, related.place) };
      return location === undefined ? [] : [{ ...location, message }];
    });
  }

  get fingerprint(): string {
    this.#fingerprint ??= fingerprint(this.#judged);
    return this.#fingerprint;
  }

  fixes(): readonly Fix[] {
    // A mistake in a rule's fix must not cost the answer about all the others.
    try {
      return this.#judged.fixes?.() ?? [];
    } catch {
      return [];
    }
  }
}

const fileStart: PositionRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** One line at most: a squiggle under a block hides every other one in it. */
export function tightRange(file: ManifestFile, place: Place): PositionRange {
  const range = file.rangeOf(place);
  if (range === undefined) return fileStart;
  if (range.start.line === range.end.line) return range;
  const start = file.startOf(place.document) + (place.range?.start ?? 0);
  // A lone carriage return ends a line too, as in LSP.
  const length = file.text.slice(start).search(/[\r\n]/);
  return { start: range.start, end: file.positionAt(start + length) };
}
