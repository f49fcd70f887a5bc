// Where things lie, for every script.

import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** A path inside the project. */
export const inProject = (...segments) => join(projectRoot, ...segments);

/** Where costly things built once are kept, outside the work tree. `KUBEHARDEN_CACHE` moves it. */
export const cacheFolder =
  process.env.KUBEHARDEN_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kubeharden');
