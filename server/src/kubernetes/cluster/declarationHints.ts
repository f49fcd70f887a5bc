import type { Resource } from '../resources/resource.ts';

/** What the tools that deploy leave on their objects, so that what declares them can be found. Absent where nothing is left. */
export interface DeclarationHints {
  readonly helm?: { readonly release: string; readonly namespace: string; readonly chart: string };
  readonly argoCd?: { readonly application: string };
  readonly flux?: { readonly kustomization: string; readonly namespace: string };
  /** The path in its repository, by Kustomize's `config.kubernetes.io/origin`. */
  readonly kustomizeOrigin?: string;
}

/** Helm 3 writes annotations (pkg/action/validate.go), Argo CD a tracking id, Flux labels, Kustomize an origin if asked to. */
export function declarationHints({ labels, annotations }: Resource): DeclarationHints {
  const release = annotations.get('meta.helm.sh/release-name');
  const tracking = annotations.get('argocd.argoproj.io/tracking-id');
  // `app:group/kind:namespace/name`; before Argo CD 2.2 the label alone.
  const application = tracking?.split(':')[0] ?? labels.get('argocd.argoproj.io/instance');
  const kustomization = labels.get('kustomize.toolkit.fluxcd.io/name');
  const origin = annotations.get('config.kubernetes.io/origin');
  const path = /^path:\s*(\S+)\s*$/m.exec(origin ?? '')?.[1];
  return {
    ...(release === undefined
      ? {}
      : {
          helm: {
            release,
            namespace: annotations.get('meta.helm.sh/release-namespace') ?? '',
            chart: labels.get('helm.sh/chart') ?? '',
          },
        }),
    ...(application === undefined ? {} : { argoCd: { application } }),
    ...(kustomization === undefined
      ? {}
      : { flux: { kustomization, namespace: labels.get('kustomize.toolkit.fluxcd.io/namespace') ?? '' } }),
    ...(path === undefined ? {} : { kustomizeOrigin: path }),
  };
}
