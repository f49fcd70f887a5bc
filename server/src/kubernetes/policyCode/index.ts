// The door of policy code: Rego and CEL in manifests, as far as judgements about image policies read them.

export { type CelForgottenLists, celForgottenLists } from './celImageLists.ts';
export { type CelExpression, type CelPolicy, celKinds, celPoliciesOf } from './celSources.ts';
export { type CodeReference, pathOf } from './codeReference.ts';
export type { CodeToken } from './codeToken.ts';
export { type ImageList, phraseOf } from './imageLists.ts';
export { type KyvernoForgottenLists, kyvernoForgottenLists, kyvernoForgottenLoops } from './kyvernoImageLists.ts';
export { anchored, imagesOfPattern, type KyvernoPattern, kyvernoKinds, kyvernoPatternsOf } from './kyvernoPatterns.ts';
export { celPrefixTests, type PrefixTest, regoPrefixTests } from './prefixTests.ts';
export { openPrefix } from './registryPrefix.ts';
export { type ForgottenLists, regoForgottenLists } from './regoImageLists.ts';
export { inputSpan, rightInput, type TextReplacement, type WrongInput, wrongInputsOf } from './regoInput.ts';
export type { RegoModule, RegoRule } from './regoModule.ts';
export { type RegoSource, regoKinds, regoSourcesOf } from './regoSources.ts';
export { isNewSyntax, newSyntax, oldHeads } from './regoSyntax.ts';
export { type SignatureGap, signatureKinds, type WeakSignature, weakSignaturesOf } from './signaturePolicies.ts';
export { celStarComparisons, regoStarComparisons, type StarComparison } from './starComparisons.ts';
