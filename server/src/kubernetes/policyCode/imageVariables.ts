import { type CodeReference, pathOf } from './codeReference.ts';
import type { RegoModule } from './regoModule.ts';
import { assignedValue, referenceFrom } from './regoVariables.ts';

/** Names that people give to an image, or to the part of it that says where it comes from. */
const imageName = /(?:[Ii]mage|[Ii]mg)s?(?:Names?|Refs?|References?|_(?:name|ref)\w*)?$|[Rr]egistry$|[Rr]epository$/;

/** Whether a reference is to an image: `container.image`, `img`, or a variable that is given such a value. */
export function isImage(module: RegoModule, reference: CodeReference): boolean {
  const given = givenReference(module, reference);
  if (isSetting(reference) || (given !== undefined && isSetting(given))) return false;
  const last = reference.steps.findLast(({ field }) => field !== undefined)?.field ?? '';
  return imageName.test(last) || /\.image(?:\.reference)?$/.test(pathOf(given ?? reference));
}

function givenReference(module: RegoModule, { steps, from }: CodeReference): CodeReference | undefined {
  const name = steps.length === 1 ? steps[0]?.field : undefined;
  const value = name === undefined ? undefined : assignedValue(module, name, from);
  return value === undefined ? undefined : referenceFrom(module, value.from);
}

/** Gatekeeper's parameters and OPA's data say what the policy wants, not what it looks at. */
function isSetting(reference: CodeReference): boolean {
  return /^(?:input\.parameters|data)\./.test(pathOf(reference));
}

/** The same of CEL, whose variables hold what macros go through: `c.image`, `v.image.reference`, `image`. */
export function isCelImage(steps: CodeReference['steps']): boolean {
  const [last, before] = [steps.at(-1)?.field ?? '', steps.at(-2)?.field];
  return imageName.test(last) || (last === 'reference' && before === 'image');
}
