import fc from 'fast-check';

/** A value as it may stand in a manifest. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const word = fc.constantFrom('name', 'image', 'spec', 'args', 'runAsUser', 'drop', 'labels', 'x', 'yes', '8080', 'a b');
const text = fc.oneof(
  word,
  fc.constantFrom(
    '',
    'true',
    'null',
    '0644',
    '1e3',
    '22:22',
    'a: b',
    ' #x',
    '- a',
    "it's",
    '"q"',
    'a,b',
    '{x}',
    'ü€😀',
    '@x',
    'x:',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 8 }),
);
const multiline = fc
  .array(fc.constantFrom('one', '  two', 'k: v', '# no comment', '- x', '', 'three "q"'), {
    minLength: 2,
    maxLength: 4,
  })
  .map((lines) => lines.join('\n'));
export const scalarValue: fc.Arbitrary<Json> = fc.oneof(
  text,
  multiline,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(1.5),
);

/** Values with maps at most four deep; the root is a map with a few keys. */
export const anyValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json; map: Json; list: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalarValue, tie('map'), tie('list')),
  map: fc.dictionary(word, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  list: fc.array(tie('value'), { maxLength: 3 }),
})).value;
export const anyMap: fc.Arbitrary<{ [key: string]: Json }> = fc.dictionary(word, anyValue, {
  minKeys: 1,
  maxKeys: 4,
  noNullPrototype: true,
});

/** The ways in which a test text is written. Choices are taken from a list of numbers, round and round. */
export interface Look {
  readonly indent: 2 | 4;
  readonly listIndent: 0 | 2;
  readonly choices: readonly number[];
  readonly finalBreak: boolean;
}

export const anyLook: fc.Arbitrary<Look> = fc.record({
  indent: fc.constantFrom(2 as const, 4 as const),
  listIndent: fc.constantFrom(0 as const, 2 as const),
  choices: fc.array(fc.nat(99), { minLength: 5, maxLength: 30 }),
  finalBreak: fc.boolean(),
});

/** Writes a map as YAML with comments, blank lines, flow collections, quotes and block scalars here and there. */
export function written(value: { [key: string]: Json }, look: Look): string {
  let turn = 0;
  const choose = (below: number): number => (look.choices[turn++ % look.choices.length] ?? 0) % below;
  const comment = (): string => (choose(5) === 0 ? ` # c${turn}` : '');
  const pad = (column: number): string => ' '.repeat(column);

  const flow = (item: Json): string => {
    if (Array.isArray(item)) return `[${item.map(flow).join(', ')}]`;
    if (typeof item !== 'object' || item === null) return JSON.stringify(item);
    return `{${Object.entries(item)
      .map(([key, inner]) => `${JSON.stringify(key)}: ${flow(inner)}`)
      .join(', ')}}`;
  };
  const scalar = (item: Json): string => {
    if (typeof item !== 'string') return item === null ? (['null', '~'][choose(2)] ?? '~') : JSON.stringify(item);
    if (/^[a-z]{4,}$/i.test(item) && !/^(?:true|null|false)$/i.test(item) && choose(3) > 0) return item;
    return choose(2) === 0 && !/[\n\u007f-\uffff]/.test(item)
      ? `'${item.replaceAll("'", "''")}'`
      : JSON.stringify(item);
  };
  const block = (item: Json, column: number, listColumn: number): string => {
    if (
      typeof item === 'string' &&
      /^\S/.test(item) &&
      item.includes('\n') &&
      !/\n\s*$/.test(item) &&
      choose(2) === 0
    ) {
      const lines = item.split('\n').map((line) => (line === '' ? '' : pad(column) + line));
      return ` |-${comment()}\n${lines.join('\n')}\n`;
    }
    if (item === null && choose(2) === 0) return `${comment()}\n`;
    const isEmpty = typeof item === 'object' && item !== null && Object.keys(item).length === 0;
    if (typeof item !== 'object' || item === null) return ` ${scalar(item)}${comment()}\n`;
    if (isEmpty || choose(5) === 0) return ` ${flow(item)}${comment()}\n`;
    return `${comment()}\n${Array.isArray(item) ? list(item, listColumn) : map(item, column, true)}`;
  };
  const map = (item: { [key: string]: Json }, column: number, padFirst: boolean): string =>
    Object.entries(item)
      .map(([key, inner], index) => {
        const isFirst = index === 0 && !padFirst;
        const above = isFirst ? '' : choose(6) === 0 ? `\n${pad(column)}# above ${key}\n` : choose(9) === 0 ? '\n' : '';
        const head = /^[a-z]+$/i.test(key) && key !== 'yes' ? key : JSON.stringify(key);
        return `${above}${isFirst ? '' : pad(column)}${head}:${block(inner, column + look.indent, column + look.listIndent)}`;
      })
      .join('');
  const list = (items: Json[], column: number): string =>
    items
      .map((item) => {
        const isMap = typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 0;
        const above = choose(7) === 0 ? `${pad(column)}# item\n` : '';
        if (isMap && choose(5) > 0) return `${above}${pad(column)}- ${map(item, column + 2, false)}`;
        return `${above}${pad(column)}-${block(item, column + 2, column + 2)}`;
      })
      .join('');
  const text = map(value, 0, true);
  return look.finalBreak ? text : text.replace(/\n$/, '');
}
