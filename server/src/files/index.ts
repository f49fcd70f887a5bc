// The door of the room that both faces with a disk use: which files of a folder are to be looked at.
export { IgnoreRules } from './ignoreRules.ts';
export { hasManifestName, skippedDirectories } from './manifestName.ts';
export { belowRoot, type DirectoryIgnoreRules, ignoreRulesAbove, withIgnoreFile } from './workTreeIgnoreRules.ts';
