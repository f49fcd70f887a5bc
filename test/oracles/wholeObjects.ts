import { type Document, isMap, isSeq, parseAllDocuments, type YAMLMap } from 'yaml';

/**
 * A fixture as an API server would take it, as far as that is not what the fixture is about: other tools judge containers
 * without an image and Deployments of the core group, which to us are fragments of an object and a kind that does not
 * exist. Text that is no YAML, and text that needs none of it, comes back as it is.
 */
export function asWholeObjects(text: string): string {
  const documents = parseAllDocuments(text, { uniqueKeys: false });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return text;
  let isChanged = false;
  for (const document of documents) {
    if (isMap(document.contents) && complete(document.contents, document)) isChanged = true;
  }
  return isChanged ? documents.map(String).join('') : text;
}

const ofApps = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

/** Where kinds have their pods. */
const podSpecPaths = new Map<string, readonly string[]>([
  ['Pod', ['spec']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  ...[...ofApps, 'DeploymentConfig', 'Job', 'ReplicationController'].map(
    (kind) => [kind, ['spec', 'template', 'spec']] as const,
  ),
]);

/** Whether there was anything to do. */
function complete(object: YAMLMap, document: Document): boolean {
  const kind = String(object.get('kind'));
  const items = object.get('items');
  if (kind === 'List' && isSeq(items)) {
    return items.items.filter((item) => isMap(item) && complete(item, document)).length > 0;
  }
  const isMisfiled = ofApps.has(kind) && object.get('apiVersion') === 'v1';
  if (isMisfiled) object.set('apiVersion', 'apps/v1');
  const path = podSpecPaths.get(kind);
  return (path !== undefined && completePods(object, path, document)) || isMisfiled;
}

function completePods(object: YAMLMap, path: readonly string[], document: Document): boolean {
  const written = path
    .map((_, depth) => object.getIn(path.slice(0, depth + 1), true))
    .filter((node) => node !== undefined);
  // Null, an alias or a list where a map belongs: that is what the fixture is about.
  if (!written.every(isMap)) return false;
  const containers = object.getIn([...path, 'containers'], true);
  if (containers === undefined) {
    object.setIn([...path, 'containers'], document.createNode([{ name: 'app', image }]));
    return true;
  }
  if (!isSeq(containers)) return false;
  const withoutImage = containers.items.filter(isMap).filter((container) => !container.has('image'));
  for (const container of withoutImage) container.set('image', image);
  return withoutImage.length > 0;
}

const image = 'registry.example.com/app:1.0.0';
