import type { ManifestNode } from '../../manifest/index.ts';
import type { ParsedArguments } from './parseArguments.ts';
import { valueFlag } from './valueFlag.ts';

/**
 * etcd's flags from the environment: `ETCD_CERT_FILE` is `--cert-file`; a flag on the command line has precedence
 * (go.etcd.io/etcd/pkg/flags/flag.go, SetFlagsFromEnv), so these come first. An empty variable counts as unset.
 */
export function environmentFlags(container: ManifestNode): ParsedArguments {
  const variables = container.get('env').items();
  const flags = variables.flatMap((variable) => {
    const name = variable.get('name').string ?? '';
    if (!name.startsWith(prefix)) return [];
    return [
      valueFlag(name.slice(prefix.length).toLowerCase().replaceAll('_', '-'), 'environment', variableValue(variable)),
    ];
  });
  const others = container.get('envFrom');
  const isOpen = !others.isMissing && !(others.type === 'list' && others.isComplete && others.items().length === 0);
  return { flags: flags.filter((flag) => flag.value !== ''), isOpen };
}

const prefix = 'ETCD_';

/** `value`, or the map under `valueFrom`, whose text is elsewhere. */
function variableValue(variable: ManifestNode): ManifestNode {
  const source = variable.get('valueFrom');
  return source.isMissing ? variable.get('value') : source;
}
