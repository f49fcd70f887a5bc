import { randomBytes } from 'node:crypto';
import type { FixAllRequest, Workspace } from '../../analysis/index.ts';
import type { ValueSource } from '../../manifest/index.ts';
import type { NotCheckedFile } from '../report/report.ts';
import type { NamedInput } from './collectInputs.ts';
import { unifiedDiff } from './unifiedDiff.ts';
import { systemReason } from './walkManifests.ts';
import { replaceFile } from './writeAtomically.ts';

export interface JudgedInput {
  readonly input: NamedInput;
  readonly text: string;
  /** See `Input`: a file that is not valid UTF-8 is judged, but never written. */
  readonly isExact: boolean;
}

export interface AppliedFixes {
  readonly applied: number;
  readonly files: number;
  /** For standard output: the diff of a dry run, or the fixed text of standard input. */
  readonly output: string;
  readonly failed: readonly NotCheckedFile[];
}

const values: ValueSource = { randomBytes: (count) => randomBytes(count).toString('base64') };

/**
 * Applies all fixes of the given classes. The workspace holds the fixed texts afterwards, in a dry run too, so that
 * the report and the exit code say what is left.
 */
export function applyFixes(
  workspace: Workspace,
  judged: readonly JudgedInput[],
  classes: FixAllRequest['classes'],
  isDryRun: boolean,
): AppliedFixes {
  let applied = 0;
  let files = 0;
  const output: string[] = [];
  const failed: NotCheckedFile[] = [];
  for (const { input, text, isExact } of judged) {
    const result = workspace.fixAll(input.uri, { classes }, values);
    const isChanged = result.text !== text;
    if (isChanged && !isExact) {
      failed.push({ file: input.file, reason: 'It is not valid UTF-8, so it was not fixed.' });
      continue;
    }
    if (isDryRun) {
      if (isChanged) output.push(unifiedDiff(input.file, text, result.edits));
    } else if (input.path === undefined) {
      output.push(result.text);
    } else if (isChanged) {
      try {
        replaceFile(input.path, result.text);
      } catch (error) {
        failed.push({ file: input.file, reason: `It could not be written. ${systemReason(error)}` });
        continue;
      }
    }
    if (!isChanged) continue;
    workspace.setText(input.uri, result.text);
    applied += result.applied.length;
    files++;
  }
  return { applied, files, output: output.join(''), failed };
}
