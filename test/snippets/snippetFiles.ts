import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository.ts';

/** One entry of a `.code-snippets` file, with its name there. */
export interface Snippet {
  readonly name: string;
  readonly prefix: string;
  readonly scope: string;
  readonly description: string;
  readonly isFileTemplate?: boolean;
  readonly body: readonly string[];
}

const folder = join(repositoryRoot, 'snippets');

export const snippetFiles: readonly string[] = readdirSync(folder).filter((name) => name.endsWith('.code-snippets'));

export const snippets: readonly Snippet[] = snippetFiles.flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, Omit<Snippet, 'name'>>).map(
    ([name, snippet]) => ({ name, ...snippet }),
  ),
);
