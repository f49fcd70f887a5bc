import { asArray, asObject, type RawObject } from '../../kubernetes/index.ts';

export interface UndeclaredField {
  readonly path: readonly (string | number)[];
  /** As the server says it: `.spec.containers[name="web"].privileged: field not declared in schema`. */
  readonly message: string;
}

/**
 * The fields that a server-side apply is refused for because the schema has none of their names. The refusal has no causes,
 * only a message with their paths (sigs.k8s.io/structured-merge-diff: typed/validate.go, fieldpath/element.go), in which
 * items of lists are named by their keys.
 */
export function undeclaredFields(message: string, object: RawObject): readonly UndeclaredField[] {
  return [...message.matchAll(/((?:\.[^\s.[\]:]+|\[[^\]]*\])+): field not declared in schema/g)].map(
    ([text, written = '']) => ({ path: pathOf(written, object), message: text }),
  );
}

function pathOf(written: string, object: RawObject): UndeclaredField['path'] {
  const path: (string | number)[] = [];
  let value: unknown = object;
  for (const [, name, key = ''] of written.matchAll(/\.([^\s.[\]]+)|\[([^\]]*)\]/g)) {
    const step = name ?? indexOf(asArray(value), key);
    // What follows an item that is not found would be looked for in another.
    if (step === -1) break;
    path.push(step);
    value = typeof step === 'number' ? asArray(value)[step] : asObject(value)[step];
  }
  return path;
}

/** `0`, `name="web"`, `containerPort=80,protocol="TCP"`; a key that the item leaves out has its default. */
function indexOf(items: readonly unknown[], key: string): number {
  if (/^\d+$/.test(key)) return Number(key);
  const wanted = [...key.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|[^,]+)/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const fits = (isAbsentFine: boolean) => (item: unknown) =>
    wanted.every(([name, value]) => {
      const found = asObject(item)[name];
      return found === undefined ? isAbsentFine : JSON.stringify(found) === value;
    });
  const exact = items.findIndex(fits(false));
  return exact >= 0 ? exact : items.findIndex(fits(true));
}
