import {
  inputSpan,
  type RegoSource,
  regoKinds,
  regoSourcesOf,
  rightInput,
  type WrongInput,
  wrongInputsOf,
} from '../../kubernetes/index.ts';
import type { Place } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/rego-wrong-input',
  summary: 'Rego follows the conventions of another engine',
  severity: 'error',
  profile: 'guide',
  guide: 5,
  why:
    'Gatekeeper gives a policy `input.review` and asks for `violation`; OPA as an admission webhook gives it `input.request` and asks ' +
    'for `deny`. What is not there is undefined, and a rule that reads it never fires, without any error.',
  whenNot: 'Modules that one engine only keeps and another reads.',
  references: {
    urls: [
      'https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates',
      'https://www.openpolicyagent.org/docs/kubernetes',
    ],
  },
  fixClass: 'review',
  messages: {
    deny: 'Gatekeeper asks a template for a rule called violation and refuses one that has only deny, so nothing is checked.',
    request: 'Gatekeeper gives a policy input.review and never input.request, so what reads it never fires.',
    review: 'OPA gives an admission policy input.request and never input.review, so what reads it never fires.',
  },
  subject: 'resource',
  kinds: regoKinds,
  judge(resource, report) {
    for (const source of regoSourcesOf(resource)) {
      const wrong = wrongInputsOf(source);
      const first = wrong[0];
      if (first === undefined) continue;
      // One finding, whose fix is of one piece.
      report({ at: placeOf(source, first), message: first.kind, fixes: () => followEngine(source, wrong) });
    }
  },
});

function placeOf({ node, module }: RegoSource, wrong: WrongInput): Place {
  if (wrong.kind === 'deny') {
    const name = module.tokens[wrong.rules[0]?.from ?? 0];
    return node.span(name?.from ?? 0, name?.to ?? 0);
  }
  const [reference] = wrong.references;
  return reference === undefined ? node.place : node.span(...inputSpan(module, reference));
}

function followEngine({ node, module, engine }: RegoSource, wrong: readonly WrongInput[]): readonly Fix[] {
  const edits = rightInput(module, wrong);
  if (edits === undefined) return [];
  const conventions = engine === 'opa' ? 'of OPA: input.request' : 'of Gatekeeper: violation and input.review';
  return [
    {
      fixClass: 'review',
      title: `Follow the conventions ${conventions} (a policy that never fired starts to deny)`,
      operations: edits.map((edit) => ({ op: 'replaceText', node, ...edit })),
      isPreferred: true,
    },
  ];
}
