import type { ManifestNode, Place } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';
import type { Component, ComponentFlag, ComponentName, FlagSource } from './component.ts';
import { flagTypeOf } from './flagTable.ts';

/** All that a reader of some source found out about a component. */
export interface ComponentParts {
  readonly component: ComponentName;
  readonly source: FlagSource;
  readonly resource: Resource;
  readonly argumentsNode: ManifestNode;
  readonly anchor: ManifestNode | Place;
  readonly flags: readonly ComponentFlag[];
  readonly isOpen: boolean;
  /** What the installer passes by itself. */
  readonly defaults?: ReadonlyMap<string, string>;
}

export function makeComponent(parts: ComponentParts): Component {
  return new FlaggedComponent(parts);
}

class FlaggedComponent implements Component {
  readonly component: ComponentName;
  readonly source: FlagSource;
  readonly resource: Resource;
  readonly argumentsNode: ManifestNode;
  readonly anchor: ManifestNode | Place;
  readonly flags: readonly ComponentFlag[];
  readonly isOpen: boolean;
  readonly #defaults: ReadonlyMap<string, string>;

  constructor(parts: ComponentParts) {
    this.component = parts.component;
    this.source = parts.source;
    this.resource = parts.resource;
    this.argumentsNode = parts.argumentsNode;
    this.anchor = parts.anchor;
    this.flags = parts.flags;
    this.isOpen = parts.isOpen;
    this.#defaults = parts.defaults ?? new Map();
  }

  flag(name: string): ComponentFlag | undefined {
    return this.flags.findLast((flag) => flag.name === name && this.#isReadable(flag));
  }

  list(name: string): readonly string[] {
    const values = this.flags
      .filter((flag) => flag.name === name && this.#isReadable(flag))
      .flatMap((flag) => (flag.value === undefined ? [] : [flag.value]));
    const type = flagTypeOf(this.component, name);
    if (values.length === 0) return splitList(this.#defaults.get(name) ?? '');
    if (type === 'array') return values;
    if (type === 'list' || type === 'map') return values.flatMap(splitList);
    return splitList(values.at(-1) ?? '');
  }

  defaultValue(name: string): string | undefined {
    return this.#defaults.get(name);
  }

  #isReadable(flag: ComponentFlag): boolean {
    return this.component === 'etcd' || !flag.singleDash;
  }
}

function splitList(value: string): readonly string[] {
  return value === '' ? [] : value.split(',');
}
