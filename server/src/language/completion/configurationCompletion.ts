import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { ruleDescription } from '../../analysis/index.ts';
import type { JsonSchema } from '../../rules/index.ts';
import type { TextSpan } from './textSpan.ts';
import { yamlCursorAt } from './yamlCursor.ts';

/** Completion in `.kubeharden.yaml` from its JSON schema: keys that are not there yet, and values of enumerations. */
export function completeConfiguration(
  lines: readonly string[],
  line: number,
  character: number,
  schema: JsonSchema,
): TextSpan | undefined {
  const cursor = yamlCursorAt(lines, line, character);
  if (cursor === undefined) return undefined;
  const inside = cursor.path.reduce((schemas, key) => step(schemas, key, schema), variants([schema], schema));
  if (cursor.valueOf !== undefined) {
    return { from: cursor.from, to: character, items: valueItems(step(inside, cursor.valueOf, schema)) };
  }
  const written = new Set(cursor.siblings);
  const items = keyItems(inside, schema).filter(({ label }) => !written.has(label));
  return { from: cursor.from, to: character, items: [...items, ...valueItems(inside)] };
}

/** A schema with its references and alternatives laid out. */
function variants(schemas: readonly unknown[], root: JsonSchema): JsonSchema[] {
  return schemas.filter(isSchema).flatMap((schema) => {
    const { $ref } = schema;
    const target = typeof $ref === 'string' ? resolve($ref, root) : undefined;
    const parts = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
    return [schema, ...variants(target === undefined ? parts : [target, ...parts], root)];
  });
}

function resolve(reference: string, root: JsonSchema): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (at, key) => (isSchema(at) ? at[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      root,
    );
}

function step(schemas: readonly JsonSchema[], key: string | -1, root: JsonSchema): JsonSchema[] {
  return variants(
    schemas.map((schema) => {
      if (key === -1) return schema.items;
      const { properties } = schema;
      return (isSchema(properties) ? properties[key] : undefined) ?? schema.additionalProperties;
    }),
    root,
  );
}

function keyItems(schemas: readonly JsonSchema[], root: JsonSchema): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  const add = (key: string, description: unknown): void => {
    const summary = ruleDescription(key)?.summary ?? (typeof description === 'string' ? description : undefined);
    const detail = summary === undefined ? {} : { detail: summary };
    items.set(key, { label: key, kind: CompletionItemKind.Property, insertText: `${key}: `, ...detail });
  };
  for (const { properties, propertyNames } of schemas) {
    for (const [key, value] of Object.entries(isSchema(properties) ? properties : {})) {
      add(key, isSchema(value) ? value.description : undefined);
    }
    for (const { enum: names } of variants([propertyNames], root)) {
      for (const key of Array.isArray(names) ? names : []) if (typeof key === 'string') add(key, undefined);
    }
  }
  return [...items.values()];
}

function valueItems(schemas: readonly JsonSchema[]): CompletionItem[] {
  const values = new Set<string>();
  for (const schema of schemas) {
    for (const value of [...(Array.isArray(schema.enum) ? schema.enum : []), schema.const]) {
      // `off` and `on` may be listed as the booleans that YAML 1.1 reads them as; people write the words.
      if (typeof value === 'string') values.add(value);
    }
  }
  return [...values].map((label) => ({ label, kind: CompletionItemKind.Value }));
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
