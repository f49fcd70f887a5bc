import { droppedFields } from '../../kubernetes/index.ts';
import { defineRule, type RuleContext } from '../rule.ts';

interface Options {
  /** Feature gates that the cluster has switched on. */
  readonly featureGates: readonly string[];
}

export const rule = defineRule({
  id: 'pod/feature-gate-dropped-field',
  summary: 'Field that Kubernetes drops because its feature gate is off',
  severity: 'error',
  profile: 'guide',
  why:
    'While a feature gate is off, the API server knows its fields and takes them out of every new object, even under strict ' +
    'validation. The pod then runs without the protection that its manifest shows. A server that is older still refuses the field.',
  whenNot:
    'Where the cluster has the gate switched on: name it in the option `featureGates`. Set `kubernetesVersion` to the version that the cluster has.',
  references: {
    urls: ['https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/'],
  },
  fixClass: 'none',
  messages: {
    keptLater:
      'Kubernetes {version} drops {field} from the pod unless the feature gate {gate} is switched on; only from {from} on it is kept.',
    stillOff: 'Kubernetes {version} drops {field} from the pod unless the feature gate {gate} is switched on.',
  },
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        featureGates: {
          type: 'array',
          items: { type: 'string' },
          description: 'Feature gates that are switched on in the cluster, for example EmptyDirVolumeMode.',
        },
      },
    },
    default: { featureGates: [] },
  },
  subject: 'podSpec',
  judge(podSpec, report, { version, options }: RuleContext<Options>) {
    for (const { node, field, gate, keptFrom, isSecurity } of droppedFields(podSpec, version, options.featureGates)) {
      report({
        at: node.keyPlace,
        message: keptFrom === undefined ? 'stillOff' : 'keptLater',
        args: { version: `1.${version.minor}`, field, gate, from: `1.${keptFrom ?? ''}` },
        ...(isSecurity ? {} : { severity: 'warning' as const }),
      });
    }
  },
});
