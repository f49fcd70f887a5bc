import {
  asArray,
  asObject,
  asString,
  asStrings,
  objectResource,
  perPodLabels,
  podSpecsOf,
  type RawObject,
} from '../../kubernetes/index.ts';

/**
 * Whether a pod is what its workload's template says, so that it has no other findings. What every pod is given does not
 * count: its node, default tolerations, priority and the token of its service account. In doubt it is not.
 *
 * @param pod without server defaults
 * @param workload without server defaults
 */
export function isAsItsTemplate(pod: RawObject, workload: RawObject): boolean {
  const templates = podSpecsOf(objectResource(workload));
  const [template] = templates;
  if (template === undefined || templates.length > 1) return false;
  return (
    textOf(asObject(pod.spec), asObject(pod.metadata)) ===
    textOf(asObject(template.node.toJson()), asObject(template.metadata.toJson()))
  );
}

/** Both come from an API server, which writes fields in one order. */
function textOf(spec: RawObject, { labels, annotations }: RawObject): string {
  // Scheduler; DefaultTolerationSeconds, Priority and ServiceAccount of plugin/pkg/admission.
  const { nodeName, tolerations, priority, preemptionPolicy, serviceAccountName, serviceAccount, volumes, ...others } =
    spec;
  return JSON.stringify([
    Object.entries(asStrings(labels)).filter(([key]) => !perPodLabels.has(key)),
    annotations ?? {},
    serviceAccountName === 'default' ? undefined : serviceAccountName,
    asArray(volumes).filter((volume) => !isTokenVolume(volume)),
    Object.entries(others).map(([key, value]) => [key, key.endsWith('ontainers') ? withoutToken(value) : value]),
  ]);
}

function withoutToken(containers: unknown): readonly RawObject[] {
  return asArray(containers).map((container) => {
    const { volumeMounts, ...others } = asObject(container);
    return { ...others, volumeMounts: asArray(volumeMounts).filter((mount) => !isTokenVolume(mount)) };
  });
}

/** plugin/pkg/admission/serviceaccount names volume and mounts so, each with letters of its own. */
function isTokenVolume(value: unknown): boolean {
  return asString(asObject(value).name)?.startsWith('kube-api-access-') === true;
}
