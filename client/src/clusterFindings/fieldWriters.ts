import type { CancellationToken } from 'vscode-jsonrpc';
import type { ReadObjectParams } from '../../../server/src/cluster/protocol/index.ts';
import type { ClusterModel } from './clusterModel.ts';
import type { ShownFinding } from './shownFinding.ts';
import type { ClusterReport, ReadObjectResult } from './spoken.ts';

type Recorded = NonNullable<Extract<ReadObjectResult, { kind: 'object' }>['writer']>;

/** Who set the field of a finding last. */
export interface LastWriter extends Pick<Recorded, 'manager' | 'operation' | 'time'> {
  /** Of the field itself; else of the nearest thing around it that somebody is recorded for. */
  readonly isOfField: boolean;
}

/** Asks the cluster who set the fields of findings, for each finding of a report once. */
export class FieldWriters {
  readonly #model: ClusterModel;
  readonly #read: (params: ReadObjectParams, token: CancellationToken) => Promise<ReadObjectResult>;
  readonly #known = new WeakMap<ClusterReport, Map<string, LastWriter | undefined>>();

  constructor(
    model: ClusterModel,
    read: (params: ReadObjectParams, token: CancellationToken) => Promise<ReadObjectResult>,
  ) {
    this.#model = model;
    this.#read = read;
  }

  /**
   * Undefined where nobody is recorded, where it was not told, and of Secrets, which are not read just because somebody
   * looks at a finding. Rejects as the question does.
   */
  async lastWriter(
    contextName: string,
    { key, object, path }: ShownFinding,
    token: CancellationToken,
  ): Promise<LastWriter | undefined> {
    const report = this.#model.stateOf(contextName).scanned?.report;
    if (report === undefined || object === undefined || path.length === 0) return undefined;
    if (object.kind === 'Secret' && object.group === '') return undefined;
    const known = this.#known.get(report) ?? new Map<string, LastWriter | undefined>();
    this.#known.set(report, known);
    if (known.has(key)) return known.get(key);
    const result = await this.#read({ contextName, object, path }, token);
    // What went wrong may go right the next time.
    if (result.kind === 'trouble') return undefined;
    const writer = result.writer === undefined ? undefined : lastWriterOf(result.writer, path);
    known.set(key, writer);
    return writer;
  }
}

export function lastWriterOf({ manager, operation, time, fields }: Recorded, path: ShownFinding['path']): LastWriter {
  const field = JSON.stringify(path);
  return { manager, operation, time, isOfField: fields.some((one) => JSON.stringify(one) === field) };
}
