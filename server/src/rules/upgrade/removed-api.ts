import {
  apiLifecycleOf,
  ingressRewrite,
  newestLifecycleRelease,
  type RenameClass,
  type Resource,
  renameClassOf,
  replacementApiVersion,
} from '../../kubernetes/index.ts';
import type { FixOperation } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'upgrade/removed-api',
  summary: 'apiVersion removed in the target Kubernetes version',
  severity: 'error',
  profile: 'guide',
  guide: 7,
  why:
    'An API server that no longer serves the apiVersion answers "no matches for kind" and applies nothing. ' +
    'Objects already in the cluster stay and are read through the version that took its place; only the manifest has to change.',
  whenNot: 'For clusters older than the target: set kubernetesVersion to the version that the manifests are for.',
  references: {
    peers: [
      'KA:DeprecatedAPIUsed',
      'KICS:Object Is Using A Deprecated API Version',
      'KL:no-extensions-v1beta',
      'KS:stable-version',
      'KSV-0107',
    ],
    urls: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  },
  fixClass: 'safe',
  overrides: ['upgrade/deprecated-api', 'upgrade/api-not-served-by-default', 'upgrade/crd-storage-version'],
  tag: 'deprecated',
  messages: {
    replaced:
      '{kind} in {apiVersion} is no longer served since Kubernetes 1.{removed}, so applying it fails; {replacement} has taken its place.',
    gone: '{kind} in {apiVersion} is no longer served since Kubernetes 1.{removed} and nothing has taken its place, so applying it fails.',
    planned:
      '{kind} in {apiVersion} is planned to go in Kubernetes 1.{removed}, after which applying it fails; {replacement} takes its place.',
  },
  subject: 'resource',
  judge(resource, report, { version }) {
    const { apiVersion, kind } = resource;
    const { removed, successor } = apiLifecycleOf(apiVersion, kind) ?? {};
    if (removed === undefined || removed > version.minor) return;
    const replacement = replacementApiVersion(apiVersion, kind, version);
    const next = replacement ?? successor;
    report({
      at: resource.node.get('apiVersion'),
      message: next === undefined ? 'gone' : removed > newestLifecycleRelease ? 'planned' : 'replaced',
      args: { kind, apiVersion, removed, replacement: next ?? '' },
      fixes: () => (replacement === undefined ? [] : fixesOf(resource, replacement)),
    });
  },
});

const toCheck: Readonly<Record<Exclude<RenameClass, 'none'>, string>> = {
  safe: '',
  review: ' (a default or a required field differs: compare with the deprecation guide first)',
};

function fixesOf(resource: Resource, replacement: string): readonly Fix[] {
  const operations: FixOperation[] = [{ op: 'set', node: resource.node.get('apiVersion'), value: replacement }];
  const rewrite = replacement === 'networking.k8s.io/v1' ? ingressRewrite(resource) : undefined;
  if (rewrite !== undefined) {
    return [
      {
        fixClass: 'review',
        title: `Rewrite as ${replacement} (paths get pathType ImplementationSpecific: choose Prefix or Exact where that is meant)`,
        operations: [...operations, ...rewrite],
        isPreferred: true,
      },
    ];
  }
  const renameClass = renameClassOf(resource);
  if (renameClass === 'none') return [];
  return [
    {
      fixClass: renameClass,
      title: `Change apiVersion to ${replacement}${toCheck[renameClass]}`,
      operations,
      isPreferred: true,
    },
  ];
}
