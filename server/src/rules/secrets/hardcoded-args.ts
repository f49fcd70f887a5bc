import {
  type Container,
  hasCredentialShape,
  isCredentialName,
  isHarmlessText,
  secretNameFor,
  secretWith,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/hardcoded-args',
  summary: 'Credential literal in a command line',
  severity: 'error',
  profile: 'guide',
  guide: 2,
  why:
    'Arguments are seen by everyone who can read the manifest or the workload, and by every process of the node in its list of processes. ' +
    'Keep the value in a Secret and refer to it.',
  whenNot: 'Values that are no secret at all, though they are called so.',
  references: {
    urls: [
      'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/#use-environment-variables-to-define-arguments',
    ],
  },
  fixClass: 'review',
  reveals: [
    'secrets/secret-in-env',
    'secrets/plaintext-secret-in-repo',
    'secrets/tls-key-in-repo',
    'pod/default-namespace',
  ],
  messages: {
    byName:
      'Container "{container}" has a credential in plain text in its {list}, as {flag}, where everyone who sees the manifest or the processes can read it.',
    byShape:
      'An item of {list} of container "{container}" holds what looks like a credential, where everyone who sees the manifest or the processes can read it.',
  },
  subject: 'container',
  judge(container, report) {
    for (const list of ['command', 'args'] as const) {
      const items = container.node.get(list).items();
      for (const [index, node] of items.entries()) {
        const text = node.string;
        if (text === undefined) continue;
        const credentials = [...inText(text), ...afterFlag(items[index - 1]?.string, text)];
        for (const credential of credentials) {
          report({
            at: node.span(credential.from, credential.to),
            message: 'byName',
            args: { container: container.name, list, flag: credential.name },
            fixes: () => fixesOf(container, node, credential),
          });
        }
        if (credentials.length === 0 && hasCredentialShape(text))
          report({ at: node, message: 'byShape', args: { container: container.name, list, flag: '' } });
      }
    }
  },
});

interface Credential {
  readonly name: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** An argument by itself: `--password=x`, `-Dstore.password=x`, `PASSWORD=x`. */
const wholeArgument = /^(--?[A-Za-z][\w.-]*|[A-Za-z_][\w.]*)=(\S+)$/;

/** The same inside the text of a script, where `--password x` is one of them too. */
const inScript =
  /(?<![\w.-])(?:(--?[A-Za-z][\w.-]*)(?:=|[ \t]+)|([A-Za-z_][\w.]*)=)(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'`;|&<>()-][^\s"'`;|&<>()]*))/g;

function inText(text: string): readonly Credential[] {
  const [, argument, whole] = wholeArgument.exec(text) ?? [];
  if (argument !== undefined && whole !== undefined) {
    const from = text.length - whole.length;
    return holdsCredential(argument, whole) ? [{ name: argument, value: whole, from, to: text.length }] : [];
  }
  const found: Credential[] = [];
  for (const match of text.matchAll(inScript)) {
    const [matched, flag, variable, inDouble, inSingle, bare] = match;
    const name = flag ?? variable ?? '';
    const value = inDouble ?? inSingle ?? bare ?? '';
    if (!holdsCredential(name, value)) continue;
    const to = match.index + matched.length - (bare === undefined ? 1 : 0);
    found.push({ name, value, from: to - value.length, to });
  }
  return found;
}

/** `["--password", "x"]` */
function afterFlag(before: string | undefined, text: string): readonly Credential[] {
  if (before === undefined || !/^--?[A-Za-z][\w.-]*$/.test(before) || text.startsWith('-')) return [];
  return holdsCredential(before, text) ? [{ name: before, value: text, from: 0, to: text.length }] : [];
}

function holdsCredential(name: string, value: string): boolean {
  const bareName = name.replace(/^-{1,2}D?/, '');
  // `--secret` and `--token-secret` mostly name a Secret object; what the shell fills in is not written here.
  if (/^secrets?$/i.test(bareName) || /[$`\\]|\$\(/.test(value)) return false;
  return isCredentialName(bareName) && !isHarmlessText(value);
}

/** Kubernetes replaces `$(NAME)` by the variable's value before the container starts, in scripts as well. */
function fixesOf(container: Container, node: ManifestNode, credential: Credential): readonly Fix[] {
  const { resource } = container.podSpec;
  const variable = credential.name
    .replace(/^-+D?/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  const variables = container.node.get('env');
  const isTaken = variables.items().some((item) => item.get('name').string === variable);
  const secretName = secretNameFor(resource, container.name, variable);
  if (secretName === undefined || isTaken || variables.isUnknown) return [];
  return [
    {
      fixClass: 'review',
      title: `Move the value of ${credential.name} into Secret ${secretName} (apply the Secret first, and change the value: it stays in the history)`,
      operations: [
        { op: 'replaceText', node, from: credential.from, to: credential.to, text: `$(${variable})` },
        {
          op: 'insert',
          list: variables,
          index: variables.items().length,
          value: { name: variable, valueFrom: { secretKeyRef: { name: secretName, key: variable } } },
        },
        {
          op: 'addDocument',
          after: resource.document,
          value: secretWith(resource, secretName, variable, credential.value),
        },
      ],
      isPreferred: true,
    },
  ];
}
