import { type Resource, readResources } from '../kubernetes/index.ts';
import type { ManifestDocument } from '../manifest/index.ts';
import type { Localize } from '../sentences/index.ts';
import type { LanguageServices } from './languageServices.ts';
import type { DocumentObjectsParams, DocumentObjectsResult } from './protocol/index.ts';

/** Answers `kubeharden/documentObjects`. */
export function documentObjects(
  services: LanguageServices,
  { textDocument }: DocumentObjectsParams,
): DocumentObjectsResult {
  const document = services.documents.get(textDocument.uri);
  const file = document === undefined ? undefined : services.workspace.file(document.uri);
  const partial = document !== undefined && services.workspace.isPatch(document.uri);
  const objects: DocumentObjectsResult['objects'][number][] = [];
  const leftOut: DocumentObjectsResult['leftOut'][number][] = [];
  const start = { line: 0, character: 0 };
  for (const [documentIndex, manifest] of (file?.documents ?? []).entries()) {
    for (const resource of readResources(manifest, { partial })) {
      const { node, metadata, kind, namespace, name } = resource;
      const named = metadata.get('name').isKnown ? metadata.get('name') : node.get('kind');
      const range = file?.rangeOf(named.place) ?? { start, end: start };
      const reason = reasonToLeaveOut(manifest, resource, services.localize);
      if (reason !== undefined) leftOut.push({ range, reason });
      else {
        const title = `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
        objects.push({ documentIndex, path: node.path, range, name: title, object: node.toJson() });
      }
    }
  }
  return { objects, leftOut };
}

/** A sentence; undefined for an object that a cluster can be asked about. */
function reasonToLeaveOut(
  document: ManifestDocument,
  { isPartial, group, name }: Resource,
  localize: Localize,
): string | undefined {
  if (document.form === 'helm-template') {
    return localize('Only Helm makes an object of this template, so it cannot be checked by itself.');
  }
  if (document.problems.length > 0) return localize('The text has errors, so it cannot be sent.');
  if (isPartial) return localize('This is a patch, and no object by itself.');
  if (group === 'kustomize.config.k8s.io')
    return localize('This file is for Kustomize; clusters hold no such objects.');
  return name === '' ? localize('The object has no name.') : undefined;
}
