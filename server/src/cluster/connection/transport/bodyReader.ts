/** Takes the body of an answer as it comes. */
export interface BodyReader {
  read(chunk: Buffer): void;
  /** Once it has ended: what of it is still to be understood. */
  rest(): string;
}

/** Keeps all of it. */
export class WholeBody implements BodyReader {
  readonly #chunks: Buffer[] = [];

  read(chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  rest(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
