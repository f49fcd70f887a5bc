// The door of the analysis room: what the faces may use of it.

export { writeBaseline } from './configuration/baseline.ts';
export { configurationFileName, parseVersion, profileNames, ruleSettings } from './configuration/parseConfiguration.ts';
export type { SeverityPlan } from './configuration/planSeverity.ts';
export type * from './configuration/resolvedConfiguration.ts';
export { configurationSchema } from './configuration/schema.ts';
export { createWorkspace } from './createWorkspace.ts';
export {
  type ComparedVerdict,
  compareFinding,
  type FileVerdicts,
  type FindingCase,
  isToldByFile,
  mayBeDeployed,
  regressionsIn,
} from './declarations/compareWithFile.ts';
export type { DeclarationEvidence, DeclarationMatch, LiveIdentity } from './declarations/declarationIndex.ts';
export { allDescriptions, checkDescription, ruleDescription } from './descriptions.ts';
export { didYouMean } from './didYouMean.ts';
export type * from './finding.ts';
export { engineFindings } from './finding.ts';
export { groupBy } from './groupBy.ts';
export { placedFindings, type VerdictElsewhere } from './judging/placedFindings.ts';
export {
  type Directive,
  type DirectiveContext,
  type DirectivePart,
  directiveContextAt,
  directiveText,
  ignoreFileKeyword,
  ignoreKeyword,
  parseDirective,
} from './suppression/directive.ts';
export { isIgnoredByAnnotation } from './suppression/ignoreAnnotation.ts';
export type { SuppressionTarget } from './suppression/planSuppression.ts';
export type * from './workspace.ts';
