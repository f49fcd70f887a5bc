import { parseImageReference } from './imageReference.ts';

/** Why the kubelet refuses an image reference; `grammar` for whatever has no name of its own. */
export type ImageReferenceProblem =
  | 'empty'
  | 'white-space'
  | 'scheme'
  | 'placeholder'
  | 'identifier'
  | 'digest'
  | 'upper-case'
  | 'grammar';

/** What is wrong with a reference, the most telling first; undefined for one that is read. */
export function imageReferenceProblem(image: string): ImageReferenceProblem | undefined {
  if (parseImageReference(image) !== undefined) return undefined;
  if (image.trim() === '') return 'empty';
  if (image.trim() !== image && parseImageReference(image.trim()) !== undefined) return 'white-space';
  if (image !== withoutScheme(image)) return 'scheme';
  if (placeholderSigns.test(image) || capitalsOnly.test(image)) return 'placeholder';
  if (/^[a-f0-9]{64}$/.test(image)) return 'identifier';
  const at = image.indexOf('@');
  if (at >= 0 && parseImageReference(image.slice(0, at)) !== undefined) return 'digest';
  if (parseImageReference(image.toLowerCase()) !== undefined) return 'upper-case';
  return 'grammar';
}

/** Without the `https://` that a registry has in a browser, or the transport that other tools write before it. */
export function withoutScheme(image: string): string {
  return image.replace(/^(?:https?|docker|oci):\/\//, '');
}

/** What templating tools leave: `${IMAGE}`, `$(IMAGE)`, `$IMAGE`, `<image>`, `{{ image }}`, `%IMAGE%`, `@@IMAGE@@`, `__IMAGE__`. */
const placeholderSigns = /\$[({A-Za-z_]|<[^<>]*>|\{\{|%\w+%|@@|(?:^|[/:])__\w+__/;

/** `IMAGE_PLACEHOLDER` or `registry.example.com/APP_NAME`: a word that somebody searches and replaces. */
const capitalsOnly = /(?:^|\/)[A-Z][A-Z0-9_-]{2,}(?=$|[/:@])/;
