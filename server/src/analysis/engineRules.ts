import type { RuleDescription } from '../rules/index.ts';
import type { EngineFindingId } from './finding.ts';

/** What the engine itself reports, described like rules so that faces, settings and documentation treat them alike. */
export const engineRules = {
  'kubeharden/syntax-error': {
    id: 'kubeharden/syntax-error',
    summary: 'Manifest cannot be read as YAML',
    severity: 'error',
    profile: 'guide',
    why: 'Kubernetes refuses a manifest that it cannot parse, and strict decoding refuses repeated keys. What stands in the broken part is not judged either.',
    whenNot: 'Turn it off where another extension already reports YAML syntax errors.',
    references: {},
    fixClass: 'none',
    messages: { problem: '{problem}' },
  },
  'kubeharden/unused-suppression': {
    id: 'kubeharden/unused-suppression',
    summary: 'Suppression hides nothing',
    severity: 'info',
    profile: 'guide',
    why: 'A suppression that hides nothing today will hide the weakness when it comes back, and nobody will notice.',
    whenNot: 'When the same file is rendered or judged in several ways and the finding shows in only one of them.',
    references: {},
    fixClass: 'safe',
    messages: {
      comment: 'This suppression of {rule} hides nothing, so it would only hide the weakness if it came back.',
      annotation:
        'This annotation suppresses {rule} but hides nothing, so it would only hide the weakness if it came back.',
    },
    tag: 'unnecessary',
  },
  'kubeharden/expired-suppression': {
    id: 'kubeharden/expired-suppression',
    summary: 'Suppression has passed its end date',
    severity: 'warning',
    profile: 'guide',
    why: 'An end date is a promise to look again. After it the suppression counts no longer and the finding shows.',
    whenNot: 'Extend the date instead, if the risk was looked at and accepted again.',
    references: {},
    fixClass: 'review',
    messages: {
      expired:
        'This suppression ended on {until} and hides nothing any more: fix what it hid, or accept the risk anew.',
    },
  },
  'kubeharden/invalid-suppression': {
    id: 'kubeharden/invalid-suppression',
    summary: 'Suppression that does not count',
    severity: 'warning',
    profile: 'guide',
    why: 'A suppression counts only if it names existing rules and says why. One that does not gives a false sense of a decision taken.',
    whenNot: 'Always worth following: the suppression has no effect as it is.',
    references: {},
    fixClass: 'none',
    messages: {
      noReason:
        'This suppression gives no reason, so it does not count: end it with " -- " and why the risk is accepted.',
      annotationNoReason:
        'This suppression gives no reason, so it does not count: say as its value why the risk is accepted.',
      noRule: 'This suppression names no rule, so it does not count.',
      unknownRule: 'There is no rule "{rule}", so suppressing it has no effect.',
      unknownRuleGuess: 'There is no rule "{rule}", so suppressing it has no effect: did you mean "{guess}"?',
      invalidDate: '"{date}" is not a date like 2027-01-31, so this suppression does not count.',
      notAtTop: 'A suppression for the whole file counts only above the first key of the file.',
    },
  },
  'kubeharden/invalid-configuration': {
    id: 'kubeharden/invalid-configuration',
    summary: 'Configuration that has no effect',
    severity: 'error',
    profile: 'guide',
    why: 'A misspelt setting is ignored, so the files are judged by other rules than the team believes.',
    whenNot: 'Always worth following: the setting has no effect as it is.',
    references: {},
    fixClass: 'review',
    messages: {
      syntax: 'The configuration cannot be read here: {problem}',
      notAMap: 'The configuration must be a map of settings, so nothing in it has an effect.',
      unknownKey: 'There is no setting "{key}", so it has no effect.',
      unknownKeyGuess: 'There is no setting "{key}", so it has no effect: did you mean "{guess}"?',
      unknownRule: 'There is no rule "{rule}", so this setting has no effect.',
      unknownRuleGuess: 'There is no rule "{rule}", so this setting has no effect: did you mean "{guess}"?',
      invalidValue: '"{key}" must be {expected}, so this setting has no effect.',
      unquotedVersion:
        'A version must be quoted, for YAML reads 1.30 as the number 1.3, so this setting has no effect.',
      noOptions: 'The rule {rule} has no options, so this setting has no effect.',
      invalidOption: 'The option {option} of {rule} must be {expected}, so the options of this rule have no effect.',
      noParent: 'There is no configuration in a folder above to extend.',
      unreadableBaseline: 'The baseline "{path}" has no effect: {problem}.',
      moreDocuments: 'Only the first document of the configuration counts, so this one has no effect.',
    },
  },
} as const satisfies Record<EngineFindingId, RuleDescription>;
