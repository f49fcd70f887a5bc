import type { FlagValues, RawObject } from '../../kubernetes/index.ts';

/**
 * The static pod that an API server with these flags would run in, so that the rules about flags can judge what it shows
 * at /flagz. There lists stand in brackets, as pflag prints them, and every flag has a value: an empty one is what a flag
 * that was never given has.
 */
export function podFromFlags(flags: FlagValues, gitVersion: string): RawObject {
  const written = [...flags].flatMap(([name, shown]) => {
    const value = /^\[(.*)\]$/s.exec(shown)?.[1] ?? shown;
    return value === '' ? [] : [`--${name}=${value}`];
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'kube-apiserver', namespace: 'kube-system' },
    spec: {
      containers: [
        {
          name: 'kube-apiserver',
          image: `registry.k8s.io/kube-apiserver${gitVersion === '' ? '' : `:${gitVersion}`}`,
          command: ['kube-apiserver', ...written],
        },
      ],
    },
  };
}
