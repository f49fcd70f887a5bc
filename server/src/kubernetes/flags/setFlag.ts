import type { FixOperation, FixValue } from '../../manifest/index.ts';
import type { Component } from './component.ts';

/**
 * The operations that give a component's flag a value: the written value is replaced, an absent flag is added after the
 * others in the shape of its source. Undefined where no edit of this document can do it (an `ETCD_*` variable, a shell
 * script that names no flag yet).
 */
export function setFlag(component: Component, name: string, value: string): readonly FixOperation[] | undefined {
  const written = component.flag(name);
  if (written === undefined) return addFlag(component, name, value);
  const { valueNode, valueSpan } = written;
  if (valueNode === undefined) {
    return [{ op: 'replaceText', node: written.node, from: written.text.to, to: written.text.to, text: `=${value}` }];
  }
  if (valueSpan === undefined) return [{ op: 'set', node: valueNode, value: typed(component, value) }];
  return [{ op: 'replaceText', node: valueNode, from: valueSpan.from, to: valueSpan.to, text: value }];
}

function addFlag(component: Component, name: string, value: string): readonly FixOperation[] | undefined {
  const holder = component.argumentsNode;
  switch (component.source) {
    case 'container':
      return holder.string === undefined
        ? [append(component, `--${name}=${value}`)]
        : addToScript(component, `--${name}=${value}`);
    case 'kubeadm-v1beta3':
      return [{ op: 'set', node: holder.get(name), value }];
    case 'kubeadm-v1beta4':
      return [append(component, { name, value })];
    case 'kops':
      return [{ op: 'set', node: holder.get(camelCase(name)), value: typed(component, value) }];
    case 'k3s':
      return [append(component, `${name}=${value}`)];
    case 'environment':
      return undefined;
    default:
      return component.source satisfies never;
  }
}

function append(component: Component, value: FixValue): FixOperation {
  return { op: 'insert', list: component.argumentsNode, index: component.argumentsNode.items().length, value };
}

function addToScript(component: Component, text: string): readonly FixOperation[] | undefined {
  const last = component.flags.at(-1);
  if (last === undefined) return undefined;
  // The value may be a word of its own behind the flag's.
  const end = last.valueNode === last.node ? Math.max(last.text.to, last.valueSpan?.to ?? 0) : last.text.to;
  return [{ op: 'replaceText', node: last.node, from: end, to: end, text: ` ${text}` }];
}

/** kOps' fields are typed, everybody else's values are text. */
function typed(component: Component, value: string): FixValue {
  if (component.source !== 'kops') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}

function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
