import type { Finding } from '../finding.ts';
import { relativePath } from './pathGlobs.ts';

/** The baseline file: findings that were there on the day the tool came. */
interface BaselineFile {
  readonly version: 1;
  readonly findings: readonly {
    readonly fingerprint: string;
    /** The rest is for the reader of the file. */
    readonly rule: string;
    /** Path below the folder of the baseline file. */
    readonly file: string;
    readonly message: string;
  }[];
}

export type BaselineReading =
  | { readonly fingerprints: ReadonlySet<string>; readonly problem?: undefined }
  /** A clause for the user. */
  | { readonly fingerprints?: undefined; readonly problem: string };

/** Reads the text of a baseline file. */
export function readBaseline(text: string): BaselineReading {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  if (typeof content !== 'object' || content === null || !('version' in content) || !('findings' in content)) {
    return { problem: 'it lacks "version" or "findings"' };
  }
  if (content.version !== 1) return { problem: 'only version 1 is known' };
  if (!Array.isArray(content.findings)) return { problem: '"findings" is not a list' };
  const fingerprints = new Set<string>();
  for (const entry of content.findings as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null || !('fingerprint' in entry))
      return { problem: 'an entry lacks its fingerprint' };
    if (typeof entry.fingerprint !== 'string') return { problem: 'a fingerprint is not a string' };
    fingerprints.add(entry.fingerprint);
  }
  return { fingerprints };
}

/** The text of a baseline file that lists these findings; `folder` is the URI of the folder it will stand in. */
export function writeBaseline(findings: readonly Finding[], folder: string): string {
  const content: BaselineFile = {
    version: 1,
    findings: findings
      .map((finding) => ({
        fingerprint: finding.fingerprint,
        rule: finding.ruleId,
        file: relativePath(folder, finding.uri) ?? finding.uri,
        message: finding.message,
      }))
      .sort((a, b) => compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint)),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
