import { join } from 'node:path';
import { askGoProgram, buildGoProgram, type GoProgram } from '../goProgram.ts';
import type { CheckSets } from './checkSets.ts';

/** A Pod as YAML or JSON, and the minor version whose standards judge it. */
export interface JudgedPod {
  readonly text: string;
  readonly version: number | 'latest';
}

/** What Kubernetes' own code says of a pod. */
export interface Admitted extends CheckSets {
  /** Every check of the restricted level in that version. */
  readonly checks: readonly string[];
}

/** The API server could not read the pod. */
export interface Undecodable {
  readonly error: string;
}

/** Kubernetes' own Pod Security checks as a program. */
export function buildAdmission(): GoProgram {
  return buildGoProgram(join(import.meta.dirname, 'admission-go'));
}

export function admissionsOf(program: GoProgram, pods: readonly JudgedPod[]): readonly (Admitted | Undecodable)[] {
  const questions = pods.map(({ text, version }) => ({
    text,
    version: version === 'latest' ? version : `v1.${version}`,
  }));
  return askGoProgram<Admitted | Undecodable>(program, questions);
}
