// NO_PROXY as Go reads it (golang.org/x/net/http/httpproxy), since kubectl takes that way.

import assert from 'node:assert/strict';
import test from 'node:test';
import { chooseProxy } from '../../../server/src/cluster/connection/proxy/chooseProxy.ts';
import { Secret } from '../../../server/src/cluster/connection/secret.ts';

const HTTPS_PROXY = 'http://proxy:3128';

function isDirect(server: string, NO_PROXY: string): boolean {
  return chooseProxy(new URL(server), undefined, { HTTPS_PROXY, NO_PROXY }) === undefined;
}

const cases = [
  ['https://api.example.com', '', false],
  ['https://api.example.com', '*', true],
  ['https://api.example.com', 'example.com', true],
  ['https://api.example.com', ' other, EXAMPLE.com ', true],
  ['https://example.com', 'example.com', true],
  ['https://example.com', '.example.com', false],
  ['https://api.example.com', '.example.com', true],
  ['https://api.example.com', '*.example.com', true],
  ['https://notexample.com', 'example.com', false],
  ['https://api.example.com', 'example.com:443', true],
  ['https://api.example.com:6443', 'example.com:443', false],
  ['https://api.example.com:6443', 'api.example.com:6443', true],
  ['https://10.1.2.3:6443', '10.0.0.0/8', true],
  ['https://10.1.2.3:6443', '10.1.2.3', true],
  ['https://10.1.2.3:6443', '10.1.2.3:6443', true],
  ['https://10.1.2.3:6443', '10.1.2.3:443', false],
  ['https://10.1.2.3:6443', '10.2.0.0/16', false],
  ['https://10.1.2.3:6443', '10.0.0.0/99', false],
  ['https://10.1.2.3:6443', '3', false],
  ['https://[fd00::1]:6443', 'fd00::/8', true],
  ['https://[fd00::1]:6443', 'fd00::1', true],
  ['https://[fd00::1]:6443', '[fd00::1]:6443', true],
  ['https://[fd00::1]:6443', '10.0.0.0/8', false],
  ['https://localhost:6443', '', true],
  ['https://127.8.8.8:6443', '', true],
  ['https://[::1]:6443', '', true],
] as const;
for (const [server, exceptions, expected] of cases) {
  test(`${server} with NO_PROXY=${exceptions} goes ${expected ? 'directly' : 'through the proxy'}`, () => {
    assert.equal(isDirect(server, exceptions), expected);
  });
}

test('which proxy it is', () => {
  const server = new URL('https://api.example.com');
  const shown = (environment: Record<string, string>, proxyUrl?: string) => {
    const proxy = chooseProxy(server, proxyUrl === undefined ? undefined : new Secret(proxyUrl), environment);
    return typeof proxy === 'object' ? `${proxy.kind} ${proxy.host} ${proxy.port}` : proxy;
  };
  assert.equal(shown({}), undefined);
  assert.equal(shown({ HTTP_PROXY: 'http://plain' }), undefined);
  assert.equal(shown({ https_proxy: 'proxy:3128' }), 'http proxy 3128');
  assert.equal(shown({ HTTPS_PROXY: 'https://proxy' }), 'https proxy 443');
  assert.equal(shown({ HTTPS_PROXY: 'socks5://[::1]' }), 'socks5 ::1 1080');
  assert.equal(shown({ HTTPS_PROXY: 'quic://proxy' }), 'unusable');
  // What the kubeconfig says counts, and nothing is exempt from it.
  assert.equal(shown({ HTTPS_PROXY, NO_PROXY: '*' }, 'http://other:1'), 'http other 1');
});
