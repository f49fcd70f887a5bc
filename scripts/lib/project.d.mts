// Types of project.mjs for the tests; the scripts that start everything have to run before anything can strip types.

export const projectRoot: string;
export function inProject(...segments: readonly string[]): string;
export const cacheFolder: string;
