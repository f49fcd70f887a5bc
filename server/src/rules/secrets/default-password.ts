import {
  isCredentialName,
  isDefaultPassword,
  podSpecsOf,
  type Resource,
  secretValues,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/default-password',
  summary: 'Well-known default password',
  severity: 'error',
  profile: 'guide',
  guide: 6,
  why:
    'Passwords that a product comes with, or that its documentation shows, are the first that anybody tries. ' +
    'Whoever reaches the service is in.',
  whenNot: "In manifests that run only on a developer's own machine.",
  references: { urls: ['https://cwe.mitre.org/data/definitions/1392.html'] },
  fixClass: 'none',
  messages: {
    secret: 'Value "{key}" of Secret "{name}" is a well-known default password, which is the first that anybody tries.',
    variable:
      'Environment variable {key} of container "{name}" is a well-known default password, which is the first that anybody tries.',
  },
  subject: 'resource',
  judge(resource, report, { podTemplates }) {
    if (resource.kind === 'Secret' && resource.group === '') {
      for (const { key, node, text } of secretValues(resource)) {
        if (isPasswordName(key) && isDefaultPassword(text.trimEnd()))
          report({ at: node, message: 'secret', args: { key, name: resource.name } });
      }
    }
    for (const { node, name, container } of variablesOf(resource, podTemplates)) {
      if (isPasswordName(name) && isDefaultPassword(node.string ?? ''))
        report({ at: node, message: 'variable', args: { key: name, name: container } });
    }
  },
});

/** An access key is a user's name; the secret key is its password. */
function isPasswordName(name: string): boolean {
  return isCredentialName(name) && !/(?<!secret[_-]?)access[_-]?key$/i.test(name);
}

interface Variable {
  readonly node: ManifestNode;
  readonly name: string;
  readonly container: string;
}

function variablesOf(resource: Resource, podTemplates: RuleContext['podTemplates']): readonly Variable[] {
  const containers = podSpecsOf(resource, podTemplates).flatMap((podSpec) => podSpec.containers);
  return containers.flatMap((container) =>
    container.node
      .get('env')
      .items()
      .map((item) => ({
        node: item.get('value'),
        name: item.get('name').string ?? '',
        container: container.name,
      })),
  );
}
