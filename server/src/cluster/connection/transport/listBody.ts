import type { BodyReader } from './bodyReader.ts';

/** Who reads a list while it arrives. */
export interface ListListener {
  /** An item as it is in the list, but that each set of fields (`fieldsV1`) in its `managedFields` is empty. */
  item(item: unknown): void;
  /**
   * Where the list goes on, before the items that are in front of it have arrived. Not told of the last page, nor of lists
   * that begin with their items, as those of custom resources do.
   */
  continueToken(token: string): void;
}

const itemsKey = Buffer.from('"items":[');
const fieldSetKey = Buffer.from('"fieldsV1":{');
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * The JSON of a list, taken apart while it arrives: each item is parsed and given away as soon as it is whole, so that a
 * page neither lies in memory as a whole nor stops everything while it is parsed. What remains is the list without items.
 *
 * Sets of fields are left out before parsing. They are about half of what a list holds, and of all that is in it the
 * dearest to parse: each field that somebody set is a key of its own.
 *
 * JSON that is no list, or written in another way than API servers do, remains as it is.
 */
export class ListBody implements BodyReader {
  readonly #listener: ListListener;
  /** What is not part of an item. */
  readonly #frame: Buffer[] = [];
  /** What has come and is not done with; an item that is not whole begins at 0. */
  #buffer: Buffer = Buffer.alloc(0);
  /** How far it was looked through. Never within a string. */
  #at = 0;
  /** Of braces and brackets around that place: in the list, or within the item. */
  #depth = 0;
  /** From where to where in the item there are fields of field sets. */
  #leftOut: (readonly [number, number])[] = [];
  #place: 'before' | 'items' | 'after' = 'before';

  constructor(listener: ListListener) {
    this.#listener = listener;
  }

  read(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    if (this.#place === 'before') this.#findItems();
    if (this.#place === 'items') this.#readItems();
    if (this.#place === 'after') this.#toFrame(this.#buffer.length);
  }

  rest(): string {
    return Buffer.concat([...this.#frame, this.#buffer]).toString('utf8');
  }

  #findItems(): void {
    const buffer = this.#buffer;
    for (; this.#at < buffer.length; this.#at++) {
      const byte = buffer[this.#at];
      if (byte === quote) {
        const end = endOfString(buffer, this.#at);
        if (end === undefined || isCutOff(buffer, this.#at, itemsKey)) break;
        if (this.#depth === 1 && isAt(buffer, this.#at, itemsKey)) {
          this.#toFrame(this.#at + itemsKey.length);
          this.#place = 'items';
          this.#depth = 0;
          this.#tellContinueToken();
          return;
        }
        this.#at = end - 1;
      } else this.#depth += step(byte);
    }
    this.#toFrame(this.#at);
  }

  #tellContinueToken(): void {
    const list = parsed(`${Buffer.concat(this.#frame).toString('utf8')}]}`) as
      | { readonly metadata?: { readonly continue?: unknown } }
      | undefined;
    const token = list?.metadata?.continue;
    if (typeof token === 'string' && token !== '') this.#listener.continueToken(token);
  }

  /** Gives away all items that are whole. */
  #readItems(): void {
    for (;;) {
      if (this.#depth === 0) {
        // Between items. Those of Kubernetes are maps; whatever else there is remains.
        const byte = this.#buffer[this.#at];
        if (byte === undefined) break;
        if (byte === comma) {
          this.#drop(this.#at + 1);
          continue;
        }
        if (byte !== openBrace) {
          this.#place = 'after';
          return;
        }
      }
      if (!this.#findEndOfItem()) break;
      const item = parsed(this.#itemText(this.#at));
      if (item === undefined) {
        // No JSON, which whoever parses the rest finds out as well.
        this.#place = 'after';
        return;
      }
      this.#drop(this.#at);
      this.#listener.item(item);
    }
  }

  /** Moves behind the item; false if its end has not come yet. */
  #findEndOfItem(): boolean {
    const buffer = this.#buffer;
    let at = this.#at;
    let depth = this.#depth;
    let isWhole = false;
    for (; at < buffer.length && !isWhole; at++) {
      const byte = buffer[at];
      if (byte === quote) {
        const end = endOfString(buffer, at);
        // What is not whole is looked through again when more has come.
        if (end === undefined || isCutOff(buffer, at, fieldSetKey)) break;
        if (isAt(buffer, at, fieldSetKey)) {
          const inside = at + fieldSetKey.length;
          const close = endOfMap(buffer, inside);
          if (close === undefined) break;
          this.#leftOut.push([inside, close]);
          at = close;
        } else at = end - 1;
      } else {
        depth += step(byte);
        isWhole = depth === 0;
      }
    }
    this.#at = at;
    this.#depth = depth;
    return isWhole;
  }

  #itemText(end: number): string {
    let text = '';
    let from = 0;
    for (const [start, stop] of this.#leftOut) {
      text += this.#buffer.toString('utf8', from, start);
      from = stop;
    }
    return text + this.#buffer.toString('utf8', from, end);
  }

  #toFrame(end: number): void {
    this.#frame.push(this.#buffer.subarray(0, end));
    this.#drop(end);
  }

  #drop(end: number): void {
    this.#buffer = this.#buffer.subarray(end);
    this.#at = 0;
    this.#leftOut = [];
  }
}

function step(byte: number | undefined): number {
  if (byte === openBrace || byte === openBracket) return 1;
  return byte === closeBrace || byte === closeBracket ? -1 : 0;
}

/** Whether the buffer ends in the midst of what may become `key`. */
function isCutOff(buffer: Buffer, at: number, key: Buffer): boolean {
  const there = buffer.length - at;
  return there < key.length && buffer.compare(key, 0, there, at) === 0;
}

function isAt(buffer: Buffer, at: number, key: Buffer): boolean {
  // Most strings begin with another letter.
  if (buffer[at + 1] !== key[1] || at + key.length > buffer.length) return false;
  return buffer.compare(key, 0, key.length, at, at + key.length) === 0;
}

/** The offset behind the quote that ends the string at `start`; undefined if it has not come yet. */
function endOfString(json: Buffer, start: number): number | undefined {
  for (let at = start + 1; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) at++;
  }
  return undefined;
}

/** The offset of the brace that closes the map in which `start` is; undefined if it has not come yet. */
function endOfMap(json: Buffer, start: number): number | undefined {
  let depth = 1;
  for (let at = start; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) {
      const end = endOfString(json, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (byte === openBrace) depth++;
    else if (byte === closeBrace && --depth === 0) return at;
  }
  return undefined;
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
