#!/usr/bin/env node
import { helpText } from './helpText.ts';
import { version } from './version.ts';

// What needs no engine is answered without loading one.
const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') process.stdout.write(`${version}\n`);
else if (args.length === 1 && args[0] === '--help') process.stdout.write(helpText('overview'));
else void import('./program.ts').then(({ runProgram }) => runProgram(args));
