import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseImageReference } from '../../server/src/kubernetes/index.ts';

const digest = `sha256:${'a'.repeat(64)}`;

const cases: readonly (readonly [string, string, string, string, string, string])[] = [
  ['nginx', '', 'nginx', '', '', 'docker.io/library/nginx'],
  ['nginx:1.27', '', 'nginx', '1.27', '', 'docker.io/library/nginx'],
  ['localhost:5000/app', 'localhost:5000', 'app', '', '', 'localhost:5000/app'],
  ['localhost/app:x', 'localhost', 'app', 'x', '', 'localhost/app'],
  ['user/app', '', 'user/app', '', '', 'docker.io/user/app'],
  ['docker.io/nginx', 'docker.io', 'nginx', '', '', 'docker.io/library/nginx'],
  ['index.docker.io/nginx', 'index.docker.io', 'nginx', '', '', 'docker.io/library/nginx'],
  ['registry.k8s.io/etcd:3.6.0-0', 'registry.k8s.io', 'etcd', '3.6.0-0', '', 'registry.k8s.io/etcd'],
  [`a.b/c/d:t@${digest}`, 'a.b', 'c/d', 't', digest, 'a.b/c/d'],
  [`nginx@${digest}`, '', 'nginx', '', digest, 'docker.io/library/nginx'],
  ['[2001:db8::1]:5000/app', '[2001:db8::1]:5000', 'app', '', '', '[2001:db8::1]:5000/app'],
];

for (const [image, registry, repository, tag, itsDigest, normalizedRepository] of cases) {
  test(`reads ${image}`, () => {
    assert.deepEqual(parseImageReference(image), {
      registry,
      repository,
      tag,
      digest: itsDigest,
      normalizedRepository,
    });
  });
}

test('refuses what no runtime accepts', () => {
  for (const image of ['', 'Nginx', 'a b', 'nginx:', 'nginx@sha256:abc', ':tag', 'a//b', '$IMAGE', 'https://a/b']) {
    assert.equal(parseImageReference(image), undefined, image);
  }
});
