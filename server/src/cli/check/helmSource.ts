import type { Position } from '../../manifest/index.ts';

/** A stretch of rendered text that one template of a chart gave. */
interface SourceSection {
  /** As in the comment: `chart/templates/web.yaml`. */
  readonly file: string;
  /** Zero-based first line after the comment, which counts as line 1 of the template's output. */
  readonly firstLine: number;
  /** Zero-based line of the next separator, or the number of lines. */
  readonly endLine: number;
}

/** Where the lines of a rendered chart come from. */
export interface SourceMap {
  /** Every template named, once. */
  readonly files: readonly string[];
  /** The template and the line in what it rendered; undefined for lines outside every section. */
  sourceOf(position: Position): { readonly file: string; readonly firstLine: number } | undefined;
}

/**
 * `helm template` and `helm get manifest` put `# Source: <chart>/templates/<file>` after each separator. The lines of
 * the template itself are gone by then, so a finding is placed by the line of the rendered document, counted from the
 * first one after the comment. Undefined when there is no such comment.
 */
export function readSourceComments(text: string): SourceMap | undefined {
  if (!text.includes('# Source: ')) return undefined;
  const sections: SourceSection[] = [];
  const lines = text.split('\n');
  let mayStart = true;
  let open: { file: string; firstLine: number } | undefined;
  for (const [line, content] of lines.entries()) {
    const isSeparator = /^---(?:\s|$)/.test(content);
    if (isSeparator) {
      if (open !== undefined) sections.push({ ...open, endLine: line });
      open = undefined;
      mayStart = true;
      continue;
    }
    if (!mayStart) continue;
    const file = /^# Source: (\S.*?)\s*$/.exec(content)?.[1];
    if (file !== undefined) open = { file, firstLine: line + 1 };
    mayStart = file === undefined && /^\s*(?:#.*)?$/.test(content);
  }
  if (open !== undefined) sections.push({ ...open, endLine: lines.length });
  if (sections.length === 0) return undefined;
  return {
    files: [...new Set(sections.map(({ file }) => file))],
    sourceOf: ({ line }) => sections.find((section) => section.firstLine <= line && line < section.endLine),
  };
}
