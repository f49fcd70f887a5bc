import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'supply-chain/argocd-wildcards',
  summary: 'Argo CD project without bounds',
  severity: 'warning',
  profile: 'restricted',
  guide: 2,
  why:
    'Argo CD deploys with rights of its own, mostly those of a cluster administrator; a project is what keeps the people who may ' +
    'create applications in it to their repositories, namespaces and kinds. A wildcard takes that bound away.',
  whenNot: 'A project of the administrators of the cluster, in which nobody else may create applications.',
  references: {
    urls: ['https://argo-cd.readthedocs.io/en/stable/user-guide/projects/'],
  },
  fixClass: 'input',
  messages: {
    repositories:
      'AppProject "{project}" takes manifests from any repository, so anybody\'s code may be deployed by it.',
    destinations: 'AppProject "{project}" deploys to {where}, so its applications reach what belongs to others.',
    kinds:
      'AppProject "{project}" may create every cluster-wide kind, so its applications may bind themselves to cluster-admin.',
  },
  subject: 'resource',
  kinds: ['AppProject.argoproj.io'],
  judge({ name: project, spec }, report) {
    for (const repository of spec.get('sourceRepos').items()) {
      if (!isWildcard(repository)) continue;
      const fixes = () => [replace('the repositories', [[repository, 'REPLACE_WITH_REPOSITORY_URL']])];
      report({ at: repository, message: 'repositories', args: { project }, fixes });
    }
    for (const destination of spec.get('destinations').items()) {
      const clusters = [destination.get('server'), destination.get('name')].filter(isWildcard);
      const namespaces = [destination.get('namespace')].filter(isWildcard);
      const [at] = [...clusters, ...namespaces];
      if (at === undefined) continue;
      const where =
        clusters.length === 0
          ? 'every namespace of the cluster'
          : namespaces.length === 0
            ? 'every cluster'
            : 'every namespace of every cluster';
      const values = [...clusters, ...namespaces].map((node) => [node, placeholderFor(node)] as const);
      report({
        at,
        message: 'destinations',
        args: { project, where },
        fixes: () => [replace('the destination', values)],
      });
    }
    for (const item of spec.get('clusterResourceWhitelist').items()) {
      const group = item.get('group');
      const kind = item.get('kind');
      if (!isWildcard(group) || !isWildcard(kind)) continue;
      const values = [
        [group, 'REPLACE_WITH_GROUP'],
        [kind, 'REPLACE_WITH_KIND'],
      ] as const;
      report({ at: kind, message: 'kinds', args: { project }, fixes: () => [replace('the kinds', values)] });
    }
  },
});

function isWildcard(node: ManifestNode): boolean {
  return /^\*+$/.test(node.string ?? '');
}

function placeholderFor(node: ManifestNode): string {
  return `REPLACE_WITH_${String(node.path.at(-1)).toUpperCase()}`;
}

function replace(what: string, values: readonly (readonly [ManifestNode, string])[]): Fix {
  return {
    fixClass: 'input',
    title: `Name ${what} in use (replace the placeholders)`,
    operations: values.map(([node, value]) => ({ op: 'set', node, value })),
  };
}
