import type { DocumentObject } from '../../../server/src/language/protocol/index.ts';
import type { DryRunVerdict } from './spoken.ts';

/** What a cluster says to a document, at a place in it. */
export interface DryRunProblem {
  readonly object: DocumentObject;
  /** From the root of the object's document; undefined where no field is meant. */
  readonly path: readonly (string | number)[] | undefined;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information';
}

export interface DryRunTally {
  readonly admitted: number;
  readonly denied: number;
  readonly notAsked: number;
}

/** The verdicts name each object by its index among those that were sent. */
export function dryRunProblems(
  sent: readonly DocumentObject[],
  verdicts: readonly DryRunVerdict[],
): readonly DryRunProblem[] {
  return verdicts.flatMap(({ documentIndex, outcome, causes, warnings }): readonly DryRunProblem[] => {
    const object = sent[documentIndex];
    if (object === undefined) return [];
    const severity = outcome === 'denied' ? 'error' : 'information';
    return [
      ...causes.map(({ path, message }): DryRunProblem => ({ object, path: pathIn(object, path), message, severity })),
      ...warnings.map((message): DryRunProblem => ({ object, path: undefined, message, severity: 'warning' })),
    ];
  });
}

export function dryRunTally(verdicts: readonly DryRunVerdict[]): DryRunTally {
  const count = (wanted: DryRunVerdict['outcome']) => verdicts.filter(({ outcome }) => outcome === wanted).length;
  return { admitted: count('admitted'), denied: count('denied'), notAsked: count('notAsked') };
}

function pathIn(object: DocumentObject, path: readonly (string | number)[]): DryRunProblem['path'] {
  return path.length === 0 ? undefined : [...object.path, ...path];
}
