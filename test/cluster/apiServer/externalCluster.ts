import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { apiClient } from './apiClient.ts';
import { type Cluster, clusterOf } from './cluster.ts';

/** The parts of a kubeconfig's entries that are read here. */
interface Entry {
  readonly name: string;
  readonly cluster?: Fields;
  readonly user?: Fields;
  readonly context?: Fields;
}
type Fields = Readonly<Record<string, string | undefined>>;

interface Kubeconfig {
  readonly clusters?: readonly Entry[];
  readonly users?: readonly Entry[];
  readonly contexts?: readonly Entry[];
  readonly 'current-context'?: string;
}

/**
 * The current context of a kubeconfig with a client certificate or a token, which is what clusters made for tests have.
 *
 * @throws {Error} when it has other credentials, or when the server does not answer
 */
export async function externalCluster(path: string): Promise<Cluster> {
  const kubeconfig = parse(readFileSync(path, 'utf8')) as Kubeconfig;
  const context = kubeconfig.contexts?.find(({ name }) => name === kubeconfig['current-context'])?.context;
  const cluster = kubeconfig.clusters?.find(({ name }) => name === context?.cluster)?.cluster ?? {};
  const user = kubeconfig.users?.find(({ name }) => name === context?.user)?.user ?? {};
  /** A field's content: from `<field>-data`, or from the file that the field names. */
  const content = (fields: Fields, field: string): string | undefined => {
    const data = fields[`${field}-data`];
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
    const file = fields[field];
    return file === undefined ? undefined : readFileSync(resolve(dirname(path), file), 'utf8');
  };
  const cert = content(user, 'client-certificate');
  const key = content(user, 'client-key');
  if (cluster.server === undefined) throw new Error(`${path}: the current context names no server`);
  if (cert === undefined && user.token === undefined) {
    throw new Error(`${path}: the user of the current context has neither a client certificate nor a token`);
  }
  const ca = content(cluster, 'certificate-authority');
  const client = apiClient(cluster.server.replace(/\/$/, ''), {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
    ...(user.token === undefined ? {} : { headers: { authorization: `Bearer ${user.token}` } }),
  });
  const { gitVersion } = (await client.expect('GET', '/version')) as { readonly gitVersion: string };
  return clusterOf(client, `the API server ${gitVersion} that ${path} names`);
}
