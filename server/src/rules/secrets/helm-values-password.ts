import { credentialIn, type HelmValue, type HelmValues, looksRandom } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/helm-values-password',
  summary: 'Credential literal in the values of a Helm chart',
  severity: 'warning',
  profile: 'restricted',
  guide: 2,
  why:
    'Values are kept in the repository, in the release that Helm stores in the cluster and in the output of `helm get values`, so everyone ' +
    'who can read one of them reads the credential. Nearly every chart takes the name of an existing Secret instead.',
  whenNot: 'A chart for trying something out on a laptop, whose password opens nothing.',
  references: { urls: ['https://helm.sh/docs/chart_best_practices/values/'] },
  fixClass: 'input',
  messages: {
    byName:
      'The Helm value {path} is a credential in plain text, where everyone who sees the chart or its release can read it.',
    byShape:
      'The Helm value {path} looks like a credential, where everyone who sees the chart or its release can read it.',
  },
  subject: 'helmValues',
  judge(values, report) {
    for (const value of values.texts) {
      const text = value.node.string ?? '';
      const sign = credentialIn(value.name, text);
      if (sign === undefined || (sign === 'name' && isNameOfSecret(value.name, text))) continue;
      report({
        at: value.node,
        message: sign === 'shape' ? 'byShape' : 'byName',
        args: { path: value.path },
        fixes: () => fixesOf(value, values),
      });
    }
  },
});

/** `existingSecret: shop-db` names a Secret, as most values do that end so. */
function isNameOfSecret(name: string, text: string): boolean {
  return /secret$/i.test(name) && !looksRandom(text);
}

/** Only where the chart has shown that it takes a Secret: which keys that must have the chart's documentation tells. */
function fixesOf({ node }: HelmValue, { node: root }: HelmValues): readonly Fix[] {
  const existing = existingSecretBeside(node.parent, root);
  if (existing === undefined) return [];
  return [
    {
      fixClass: 'input',
      title: 'Take the credential from an existing Secret (put in its name; the chart says which keys it needs)',
      operations: [
        { op: 'set', node: existing, value: 'name-of-the-secret' },
        { op: 'set', node, value: '' },
      ],
    },
  ];
}

function existingSecretBeside(map: ManifestNode | undefined, root: ManifestNode): ManifestNode | undefined {
  for (const place of [map, root]) {
    const existing = place?.get('existingSecret');
    if (existing?.string === '' || existing?.isNull === true) return existing;
  }
  return undefined;
}
