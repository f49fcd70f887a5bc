import { join } from 'node:path';
import { askGoProgram, buildGoProgram, type GoProgram } from '../support/goProgram.ts';

/** What Kubernetes' YAML library makes of one document. */
export interface KubernetesAnswer {
  readonly json?: unknown;
  readonly error?: string;
  readonly strictError?: string;
}

export function buildKubernetesYaml(): GoProgram {
  return buildGoProgram(join(import.meta.dirname, 'scalars-go'));
}

/** What Kubernetes reads in each document. */
export function readDocuments(program: GoProgram, documents: readonly string[]): KubernetesAnswer[] {
  return askGoProgram<KubernetesAnswer>(program, documents);
}

/** What kubectl reads in each file, split into documents as it does. */
export function readFiles(program: GoProgram, files: readonly string[]): KubernetesAnswer[][] {
  return askGoProgram<KubernetesAnswer[]>(program, files, ['-split']);
}
