// The cluster process, forked by the VS Code extension at the first scan. It speaks JSON-RPC over the channel of the fork.

import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { serveClusterProcess } from './serveClusterProcess.ts';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
serveClusterProcess(connection, process.env);
// Without the extension there is nobody to scan for.
process.on('disconnect', () => process.exit());
connection.listen();
