import type { FixOperation, FixValue, ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

/**
 * The operations, beside the apiVersion, that turn an Ingress of extensions/v1beta1 or networking.k8s.io/v1beta1 into one of
 * networking.k8s.io/v1: `backend` became `defaultBackend`, `serviceName` and `servicePort` became `service`, and `pathType`
 * is required (k8s.io/kubernetes pkg/apis/networking/v1beta1/conversion.go). Undefined for other kinds, and where a backend
 * cannot be read.
 */
export function ingressRewrite(resource: Resource): readonly FixOperation[] | undefined {
  if (resource.kind !== 'Ingress') return undefined;
  const operations: FixOperation[] = [];
  const backend = resource.spec.get('backend');
  const paths = resource.spec
    .get('rules')
    .items()
    .flatMap((rule) => rule.get('http', 'paths').items());
  for (const node of [backend, ...paths.map((path) => path.get('backend'))]) {
    if (node.isMissing || node.get('resource').isKnown) continue;
    const service = serviceOf(node);
    if (service === undefined) return undefined;
    operations.push({ op: 'set', node, value: { service } });
  }
  if (backend.isKnown) operations.push({ op: 'rename', node: backend, key: 'defaultBackend' });
  for (const path of paths) {
    const pathType = path.get('pathType');
    if (pathType.isUnknown) return undefined;
    if (pathType.isMissing) operations.push({ op: 'set', node: pathType, value: 'ImplementationSpecific' });
  }
  return operations;
}

function serviceOf(backend: ManifestNode): FixValue | undefined {
  const name = backend.get('serviceName').string;
  const port = backend.get('servicePort').scalar;
  if (name === undefined || port === undefined || typeof port === 'boolean') return undefined;
  return { name, port: typeof port === 'number' ? { number: port } : { name: port } };
}
