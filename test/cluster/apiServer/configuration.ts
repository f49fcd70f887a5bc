import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateAuthority, keyPair } from '../../support/certificates.ts';
import { authorityName } from './credentials.ts';
import { type ApiServerOptions, viewersGroup } from './options.ts';

/** Writes all files that a control plane reads into its folder, with new keys each time. */
export function writeConfiguration(folder: string, options: ApiServerOptions): void {
  const write = (name: string, content: string, mode = 0o600) => writeFileSync(join(folder, name), content, { mode });
  const authority = certificateAuthority(authorityName);
  write('ca.crt', authority.certificate);
  write('ca.key', authority.key);
  const serving = authority.issue({ commonName: 'kube-apiserver', hosts: ['localhost', '127.0.0.1'] });
  write('apiserver.crt', serving.certificate);
  write('apiserver.key', serving.key);
  const serviceAccounts = keyPair();
  write('service-accounts.key', serviceAccounts.privateKey);
  write('service-accounts.pub', serviceAccounts.publicKey);
  writeExecPlugin(write, folder);
  if (options.audit === true) write('audit.yaml', JSON.stringify(auditPolicy));
  if (options.encryption !== undefined) write('encryption.yaml', JSON.stringify(encryption(options.encryption)));
}

/** The plugin notes each of its calls as a line in `exec-calls`: what KUBERNETES_EXEC_INFO told it. */
function writeExecPlugin(write: (name: string, content: string, mode?: number) => void, folder: string): void {
  const token = randomBytes(16).toString('hex');
  write('tokens.csv', `${token},exec-user,exec-user,"${viewersGroup}"\n`);
  const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } };
  write('exec-credential.json', JSON.stringify(credential));
  const script = `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >> '${folder}/exec-calls'\ncat '${folder}/exec-credential.json'\n`;
  write('exec-plugin', script, 0o700);
}

const auditPolicy = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'Metadata' }] };

function encryption(provider: 'aescbc' | 'secretbox') {
  const keys = [{ name: 'key1', secret: randomBytes(32).toString('base64') }];
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: [{ resources: ['secrets'], providers: [{ [provider]: { keys } }, { identity: {} }] }],
  };
}
