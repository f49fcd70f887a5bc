import {
  hasCredentialShape,
  hasPrivateKey,
  isCredentialName,
  isHarmlessText,
  isSopsFile,
  type Resource,
  secretNameFor,
  secretWith,
} from '../../kubernetes/index.ts';
import type { ManifestNode, Place } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/configmap-credentials',
  summary: 'ConfigMap holds a credential',
  severity: 'error',
  profile: 'guide',
  guide: 2,
  why:
    'ConfigMaps are read by far more users and workloads than Secrets, are not encrypted in etcd unless somebody asked for it, ' +
    'and their values are shown by `kubectl describe`. Keep the value in a Secret.',
  whenNot: 'Values that are no secret at all, though they are called so.',
  references: {
    peers: ['KSV-0109', 'KSV-01010', 'C-0012', 'PO:sensitiveConfigmapContent'],
    urls: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],
  },
  fixClass: 'review',
  reveals: [
    'secrets/plaintext-secret-in-repo',
    'secrets/secret-in-env',
    'secrets/default-mode',
    'pod/default-namespace',
  ],
  messages: {
    byName:
      'ConfigMap "{name}" has a credential in plain text in "{key}", where more people can read it than a Secret.',
    byShape:
      'Value "{key}" of ConfigMap "{name}" holds what looks like a credential, where more people can read it than a Secret.',
  },
  subject: 'resource',
  kinds: ['ConfigMap'],
  judge(configMap, report) {
    if (isSopsFile(configMap)) return;
    for (const { key, value } of configMap.node.get('data').entries()) {
      for (const { at, name, message } of credentialsIn(key, value)) {
        report({
          at,
          message,
          args: { name: configMap.name, key: name },
          fixes: () => moveToSecret(configMap, key, value),
        });
      }
    }
  },
});

interface Found {
  readonly at: ManifestNode | Place;
  readonly name: string;
  readonly message: 'byName' | 'byShape';
}

function credentialsIn(key: string, node: ManifestNode): readonly Found[] {
  const text = node.string;
  if (text === undefined) return [];
  if (!text.trimEnd().includes('\n') && isCredentialName(key) && !isHarmlessText(text.trim()) && !isFileName(key))
    return [{ at: node, name: key, message: 'byName' }];
  const lines = settingsIn(key, text).map(({ name, from, to }) => ({
    at: node.span(from, to),
    name,
    message: 'byName' as const,
  }));
  if (lines.length > 0) return lines;
  // Private keys are a finding of their own.
  return hasCredentialShape(text) && !hasPrivateKey(text) ? [{ at: node, name: key, message: 'byShape' }] : [];
}

function isFileName(key: string): boolean {
  return /\.[a-z][a-z0-9]{0,9}$/i.test(key) && !/\.(?:password|passwd|secret|token|key|apikey)$/i.test(key);
}

/** Programs and prose, in which `password = input` is no setting. */
const codeFile = /\.(?:py|js|mjs|ts|go|rb|java|kt|php|pl|lua|sh|bash|ps1|sql|md|html?|tmpl|tpl|gotmpl|rego|css|svg)$/i;

/** A line that sets something, in the manner of properties, ini, env, YAML and JSON files. */
const settingLine = /^([ \t]*(?:export +)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*[:=][ \t]*)(\S.*)$/gm;

/** Values of more than one word or that begin a structure or a call are no credentials. */
const oneWord = /^(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'{}[\]()|>&*,;][^\s"'{}[\](),;]*)),?;?[ \t\r]*(?:#.*)?$/;

/** The settings of a file that are credentials by their names; offsets are those of the value. */
function settingsIn(key: string, text: string): readonly { name: string; from: number; to: number }[] {
  if (codeFile.test(key)) return [];
  const found: { name: string; from: number; to: number }[] = [];
  for (const match of text.matchAll(settingLine)) {
    const [, before = '', name = '', written = ''] = match;
    const [, inDouble, inSingle, bare] = oneWord.exec(written) ?? [];
    const value = inDouble ?? inSingle ?? bare;
    if (value === undefined || !isCredentialName(name) || isHarmlessText(value)) continue;
    const from = match.index + before.length + (bare === undefined ? 1 : 0);
    found.push({ name, from, to: from + value.length });
  }
  return found;
}

/** Only the one key moves: who reads the ConfigMap may stand in files that are not known here. */
function moveToSecret(configMap: Resource, key: string, node: ManifestNode): readonly Fix[] {
  const secretName = secretNameFor(configMap, key);
  const text = node.string;
  if (secretName === undefined || text === undefined) return [];
  return [
    {
      fixClass: 'review',
      title: `Move "${key}" into Secret ${secretName} (whoever reads it from the ConfigMap must refer to the Secret; change the value: it stays in the history)`,
      operations: [
        { op: 'remove', node },
        { op: 'addDocument', after: configMap.document, value: secretWith(configMap, secretName, key, text) },
      ],
      isPreferred: true,
    },
  ];
}
