import type { ManifestPath } from '../manifestNode.ts';
import { detach } from './blockEdits.ts';
import { type EditSource, type Entry, entryStart, isInFlow, valueIn } from './editSource.ts';
import { outlineOf, plainValueOf } from './outline.ts';
import { indentOf } from './sourceLines.ts';
import type { ScalarSite } from './writeScalar.ts';
import {
  type BlockStyle,
  type FlowValue,
  FlowVerbatim,
  type Fragment,
  itemFragment,
  type PlainValue,
  pairFragment,
  writeBlock,
} from './writeValue.ts';

/** Something to be put into a document: a new value, or one taken from elsewhere in it with its text. */
export interface Content {
  /** Comment lines that go above its key or dash. */
  readonly comments: readonly string[];
  /** `site` says how a scalar is quoted at least. */
  inBlock(style: BlockStyle, site: ScalarSite): Fragment;
  /** undefined if it cannot be written inside braces without a loss. */
  readonly inFlow: FlowValue | undefined;
}

export function valueContent(value: PlainValue): Content {
  return { comments: [], inBlock: (style, site) => writeBlock(value, style, site), inFlow: value };
}

/** The value of an entry as it is written, with the comments that belong to it. */
export function writtenContent(source: EditSource, trail: readonly Entry[], entry: Entry): Content {
  const { text } = source;
  const node = valueIn(entry);
  const isCollection = node.kind === 'map' || node.kind === 'list';
  const inFlow = isInFlow(source, trail);
  if (inFlow) {
    const lines = linesFrom(text.slice(node.propertiesStart, node.end), indentOf(text, entryStart(entry)));
    return { comments: [], inBlock: (style) => flowFragment(lines, style), inFlow: new FlowVerbatim(lines) };
  }
  const { comments, fragment } = detach(source, entry);
  const isWrittenFlow = isCollection ? node.flow : node.kind === 'scalar' && node.style === 'double';
  const flowValue = isWrittenFlow
    ? new FlowVerbatim(linesFrom(text.slice(node.propertiesStart, node.end), indentOf(text, entryStart(entry))))
    : plainValueOf(outlineOf(node, text));
  return { comments, inBlock: () => fragment, inFlow: flowValue };
}

function linesFrom(text: string, column: number): string[] {
  return text.split(/\r?\n/).map((line, index) => {
    if (index === 0) return line;
    const spaces = /^ */.exec(line)?.[0].length ?? 0;
    return line.slice(Math.min(spaces, column));
  });
}

/** Text of a flow collection behind a block key, where each of its lines must be indented more than the key. */
function flowFragment(lines: readonly string[], style: BlockStyle): Fragment {
  const [inline = '', ...others] = lines;
  const isFlush = others.some((line) => /^\S/.test(line));
  const pad = ' '.repeat(isFlush ? style.indent : 0);
  return { kind: 'scalar', inline, comment: '', body: others.map((line) => (line === '' ? '' : pad + line)) };
}

/** The content wrapped into a map for each key and a list for each index of a path, the outermost first. */
export function nested(path: ManifestPath, content: Content): Content {
  return path.reduceRight<Content>(
    (inner, segment) => ({
      comments: [],
      inBlock: (style, site) =>
        typeof segment === 'number'
          ? itemFragment(inner.inBlock(style, site), inner.comments, style)
          : pairFragment(segment, inner.inBlock(style, site), inner.comments, style),
      inFlow: wrapped(segment, inner.inFlow),
    }),
    content,
  );
}

function wrapped(segment: string | number, value: FlowValue | undefined): FlowValue | undefined {
  if (value === undefined) return undefined;
  return typeof segment === 'number' ? [value] : { [segment]: value };
}
