// `npm run bench`: figures, never a verdict. They hold for the machine and the moment they were taken on.
import { availableParallelism, cpus } from 'node:os';
import { rules } from '../../server/src/rules/index.ts';
import { benchClusterScan } from './clusterScan.ts';
import { benchColdCheck } from './coldCheck.ts';
import { benchKeystrokes } from './keystrokes.ts';

console.log(
  `Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, ${rules.length} rules\n`,
);
benchKeystrokes();
console.log('');
benchColdCheck();
console.log('');
await benchClusterScan();
