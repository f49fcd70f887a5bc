// The door of the room of sentences: what is said to the user, in English or in the user's language.

export { createLocalizer } from './localizer.ts';
export { inEnglish, type Localize, type Spoken, say, sayAll } from './say.ts';
export {
  type Argument,
  isSentence,
  oneLine,
  phrase,
  type Sentence,
  sentence,
  together,
  type Words,
} from './sentence.ts';
