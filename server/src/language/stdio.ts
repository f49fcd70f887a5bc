#!/usr/bin/env node
// The language server's process: `kubeharden-language-server --stdio`, or over node IPC when the extension starts it.

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serveConnection } from './server.ts';

const transports = ['--stdio', '--node-ipc'];
const isNamed = process.argv.some((argument) => transports.includes(argument) || /^--(socket|pipe)=/.test(argument));

if (isNamed) {
  serveConnection(createConnection(ProposedFeatures.all));
} else {
  process.stderr.write('Usage: kubeharden-language-server --stdio\n');
  process.exitCode = 2;
}
