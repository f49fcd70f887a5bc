import type { ResourceQuotaFact } from '../../kubernetes/index.ts';
import type { FixValue } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

const placeholder = 'REPLACE_WITH_QUANTITY';

export const rule = defineRule({
  id: 'pod/resource-quota',
  summary: 'Namespace without bounds on what it uses',
  severity: 'info',
  profile: 'all',
  why:
    'Without a ResourceQuota the workloads of one namespace may take all the CPU and memory of the cluster, by a mistake, a loop of ' +
    'jobs or on purpose. A LimitRange gives containers limits that name none themselves.',
  whenNot: 'Clusters that belong to one team; where the platform creates the quota, suppress it with that reason.',
  references: {
    nsa: true,
    peers: [
      'KICS:Pod or Container Without LimitRange',
      'KICS:Pod or Container Without ResourceQuota',
      'KSV-0039',
      'KSV-0040',
    ],
    urls: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/'],
  },
  fixClass: 'input',
  messages: {
    nothing:
      'Namespace "{namespace}" has neither a ResourceQuota nor a LimitRange, so its workloads may use up what others need.',
    noQuota:
      'Namespace "{namespace}" has no ResourceQuota, so many containers together may use up what others need, whatever each is limited to.',
    incomplete:
      'The ResourceQuota of namespace "{namespace}" does not bound {resources}, so its workloads may use up what others need.',
  },
  subject: 'namespace',
  judge({ name, facts }, report) {
    const declared = facts.read('namespace', name)[0];
    if (declared === undefined || facts.read('workload', name).length === 0) return;
    const quotas = facts.read('resourceQuota', name).map(({ fact }) => fact);
    const unbounded = ['cpu', 'memory'].filter((resource) => !quotas.some((quota) => bounds(quota, resource)));
    if (unbounded.length === 0) return;
    const hasLimitRange = facts.read('limitRange', name).length > 0;
    report({
      at: { filed: declared, path: ['metadata', 'name'] },
      message: quotas.length > 0 ? 'incomplete' : hasLimitRange ? 'noQuota' : 'nothing',
      args: { namespace: name, resources: unbounded.join(' and ') },
      fixes: () => (quotas.length > 0 ? [] : [scaffold(name, hasLimitRange)]),
    });
  },
});

/** `cpu` is another name for `requests.cpu`. */
function bounds({ hard, isOpen }: ResourceQuotaFact, resource: string): boolean {
  return isOpen || [resource, `requests.${resource}`, `limits.${resource}`].some((key) => hard.includes(key));
}

function scaffold(namespace: string, hasLimitRange: boolean): Fix {
  return {
    fixClass: 'input',
    title: `Create ${hasLimitRange ? 'a ResourceQuota' : 'a ResourceQuota and a LimitRange'} for namespace "${namespace}" (replace the placeholders)`,
    operations: [
      {
        op: 'createFile',
        path: `resource-quota-${namespace}.yaml`,
        documents: hasLimitRange ? [quota(namespace)] : [quota(namespace), limitRange(namespace)],
      },
    ],
  };
}

function quota(namespace: string): FixValue {
  const keys = ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'compute', namespace },
    spec: { hard: Object.fromEntries(keys.map((key) => [key, placeholder])) },
  };
}

function limitRange(namespace: string): FixValue {
  const quantities = { cpu: placeholder, memory: placeholder };
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'defaults', namespace },
    spec: { limits: [{ type: 'Container', default: quantities, defaultRequest: quantities }] },
  };
}
