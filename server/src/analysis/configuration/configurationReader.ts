import type { ManifestNode, Place } from '../../manifest/index.ts';
import type { Fix } from '../../rules/index.ts';
import { didYouMean } from '../didYouMean.ts';
import type { engineRules } from '../engineRules.ts';

/** A setting that has no effect, and why. */
export interface ConfigurationProblem {
  readonly at: Place;
  readonly message: keyof (typeof engineRules)['kubeharden/invalid-configuration']['messages'];
  readonly args: Readonly<Record<string, string>>;
  readonly fixes?: () => readonly Fix[];
}

/** Reads values out of a configuration and notes what does not fit; what does not fit reads as undefined. */
export class ConfigurationReader {
  readonly problems: ConfigurationProblem[] = [];

  report(
    at: Place,
    message: ConfigurationProblem['message'],
    args: ConfigurationProblem['args'],
    fixes?: () => readonly Fix[],
  ): void {
    this.problems.push(fixes === undefined ? { at, message, args } : { at, message, args, fixes });
  }

  expected(node: ManifestNode, expected: string): undefined {
    this.report(tightPlace(node), 'invalidValue', { key: lastKey(node), expected });
  }

  /** Notes every key of a map that is not in `known`. Null values count as absent. */
  onlyKeys(map: ManifestNode, known: readonly string[]): void {
    for (const { key, value } of map.entries()) {
      if (known.includes(key)) continue;
      const guess = didYouMean(key, known);
      if (guess === undefined) this.report(value.keyPlace, 'unknownKey', { key });
      else this.report(value.keyPlace, 'unknownKeyGuess', { key, guess }, () => [renameKey(value, guess)]);
    }
  }

  /** True if the node is a map; notes anything else that is written there. */
  isMap(node: ManifestNode): boolean {
    if (node.type === 'map') return true;
    if (!node.isMissing) this.expected(node, 'a map');
    return false;
  }

  string(node: ManifestNode): string | undefined {
    if (node.isMissing) return undefined;
    return node.string ?? this.expected(node, 'a text');
  }

  choice<T extends string>(node: ManifestNode, choices: readonly T[], phrase: string): T | undefined {
    if (node.isMissing) return undefined;
    // An unquoted `off` or `on` is a boolean in YAML 1.1.
    const word = node.boolean === undefined ? node.string : node.boolean ? 'on' : 'off';
    return choices.find((choice) => choice === word) ?? this.expected(node, phrase);
  }

  strings(node: ManifestNode): readonly string[] {
    if (node.isMissing) return [];
    if (node.type !== 'list') {
      this.expected(node, 'a list of texts');
      return [];
    }
    const strings: string[] = [];
    for (const item of node.items()) {
      if (item.string === undefined)
        this.report(tightPlace(item), 'invalidValue', { key: lastKey(node), expected: 'a list of texts' });
      else strings.push(item.string);
    }
    return strings;
  }

  maps(node: ManifestNode): readonly ManifestNode[] {
    if (node.isMissing) return [];
    if (node.type !== 'list') {
      this.expected(node, 'a list');
      return [];
    }
    return node.items().filter((item) => this.isMap(item));
  }
}

/** The value of a scalar, the key of anything larger. */
export function tightPlace(node: ManifestNode): Place {
  return node.type === 'map' || node.type === 'list' ? node.keyPlace : node.place;
}

export function renameKey(value: ManifestNode, key: string): Fix {
  return {
    fixClass: 'review',
    title: `Rename to ${key}`,
    operations: [{ op: 'rename', node: value, key }],
    isPreferred: true,
  };
}

/** The nearest key above a node, for messages. */
function lastKey(node: ManifestNode): string {
  const key = node.path.findLast((step) => typeof step === 'string');
  return key === undefined ? 'configuration' : String(key);
}
