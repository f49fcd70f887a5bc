import type { KubeHardenClient } from '../languageClient.ts';
import type { Commands } from './registerCommands.ts';

export function serverCommands(client: KubeHardenClient): Commands {
  return {
    restartServer: () => client.restart(),
    showOutput: () => client.log.show(),
  };
}
