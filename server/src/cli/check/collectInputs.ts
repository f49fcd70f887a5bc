import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NotCheckedFile } from '../report/report.ts';
import { decode, type Input, readInput } from './readInput.ts';
import { systemReason, walkManifests } from './walkManifests.ts';

/** One text to be judged. */
export interface NamedInput {
  readonly uri: string;
  /** Its name in reports. */
  readonly file: string;
  /** Absolute; undefined for standard input. */
  readonly path: string | undefined;
  /** Named on the command line, rather than found below a directory. */
  readonly isNamed: boolean;
  read(): Input;
}

export interface CollectedInputs {
  readonly inputs: readonly NamedInput[];
  /** At least one directory was named, so that what is absent from the inputs is absent: rules look across files. */
  readonly hasDirectory: boolean;
  readonly unreadable: readonly NotCheckedFile[];
}

/** Finds what a list of files and directories stands for; a file that is reached twice counts once. */
export function collectInputs(paths: readonly string[], currentDirectory: string): CollectedInputs {
  const inputs = new Map<string, NamedInput>();
  let hasDirectory = false;
  const unreadable: NotCheckedFile[] = [];
  const add = (path: string, isNamed: boolean) => {
    if (inputs.has(path) && !isNamed) return;
    const uri = pathToFileURL(path).href;
    const file = displayName(path, currentDirectory);
    inputs.set(path, { uri, file, path, isNamed, read: () => readInput(path) });
  };
  for (const written of paths) {
    const path = resolve(currentDirectory, written);
    try {
      if (!statSync(path).isDirectory()) {
        add(path, true);
        continue;
      }
    } catch (error) {
      unreadable.push({ file: written, reason: systemReason(error) });
      continue;
    }
    const walked = walkManifests(path);
    for (const file of walked.files) add(file, false);
    for (const { path: place, reason } of walked.unreadable) {
      unreadable.push({ file: displayName(place, currentDirectory), reason });
    }
    hasDirectory = true;
  }
  return { inputs: [...inputs.values()], hasDirectory, unreadable };
}

/** Standard input as the only text, under the name of the file it stands for. */
export function standardInput(bytes: Buffer, filename: string | undefined, currentDirectory: string): NamedInput {
  const uri = pathToFileURL(resolve(currentDirectory, filename ?? '<stdin>')).href;
  const file = filename === undefined ? '<stdin>' : filename.replaceAll(sep, '/');
  return { uri, file, path: undefined, isNamed: true, read: () => decode(bytes) };
}

/** Relative to the current directory for what lies below it, else absolute; always with forward slashes. */
export function displayName(path: string, currentDirectory: string): string {
  const below = relative(currentDirectory, path);
  const isBelow = below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  return (isBelow ? below || '.' : path).replaceAll(sep, '/');
}
