import type { Place } from '../../manifest/index.ts';
import type { Fix } from '../../rules/index.ts';
import { engineRules } from '../engineRules.ts';
import { type JudgedFinding, noArguments, noRelatedPlaces } from '../judging/judgedFinding.ts';

type Described = 'kubeharden/invalid-suppression' | 'kubeharden/expired-suppression' | 'kubeharden/unused-suppression';

/** A finding about a suppression. The severity is filled in when it is reported. */
export function suppressionProblem<Id extends Described>(
  id: Id,
  place: Place,
  messageKey: keyof (typeof engineRules)[Id]['messages'] & string,
  args: JudgedFinding['args'] = noArguments,
  fixes?: () => readonly Fix[],
): JudgedFinding {
  const description = engineRules[id];
  return {
    description,
    severity: description.severity,
    document: place.document,
    place,
    resource: undefined,
    messageKey,
    args,
    fixes,
    related: noRelatedPlaces,
  };
}
