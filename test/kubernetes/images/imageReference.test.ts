import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageReferenceProblem, isOfRegistries, parseImageReference } from '../../../server/src/kubernetes/index.ts';

const sha256 = `sha256:${'a'.repeat(64)}`;
const sha384 = `sha384:${'b'.repeat(96)}`;
const sha512 = `sha512:${'0'.repeat(128)}`;

/** Image, registry, repository, tag, digest, and the name that github.com/distribution/reference 0.6.0 makes of it. */
const cases: readonly (readonly [string, string, string, string, string, string])[] = [
  ['nginx', '', 'nginx', '', '', 'docker.io/library/nginx'],
  ['nginx:1.27', '', 'nginx', '1.27', '', 'docker.io/library/nginx'],
  ['a.b:5000', '', 'a.b', '5000', '', 'docker.io/library/a.b'],
  ['localhost', '', 'localhost', '', '', 'docker.io/library/localhost'],
  ['localhost:5000', '', 'localhost', '5000', '', 'docker.io/library/localhost'],
  ['localhost:5000/app', 'localhost:5000', 'app', '', '', 'localhost:5000/app'],
  ['localhost/app:x', 'localhost', 'app', 'x', '', 'localhost/app'],
  ['registry:5000/app:1.0', 'registry:5000', 'app', '1.0', '', 'registry:5000/app'],
  ['user/app', '', 'user/app', '', '', 'docker.io/user/app'],
  ['REGISTRY/app:TAG', 'REGISTRY', 'app', 'TAG', '', 'REGISTRY/app'],
  ['docker.io/nginx', 'docker.io', 'nginx', '', '', 'docker.io/library/nginx'],
  ['index.docker.io/nginx', 'index.docker.io', 'nginx', '', '', 'docker.io/library/nginx'],
  ['registry.k8s.io/etcd:3.6.0-0', 'registry.k8s.io', 'etcd', '3.6.0-0', '', 'registry.k8s.io/etcd'],
  [`a.b/c/d:t@${sha256}`, 'a.b', 'c/d', 't', sha256, 'a.b/c/d'],
  [`nginx@${sha256}`, '', 'nginx', '', sha256, 'docker.io/library/nginx'],
  [`nginx@${sha384}`, '', 'nginx', '', sha384, 'docker.io/library/nginx'],
  [`nginx@${sha512}`, '', 'nginx', '', sha512, 'docker.io/library/nginx'],
  ['127.0.0.1:5000/app', '127.0.0.1:5000', 'app', '', '', '127.0.0.1:5000/app'],
  ['[2001:db8::1]:5000/app', '[2001:db8::1]:5000', 'app', '', '', '[2001:db8::1]:5000/app'],
  ['[::1]/app', '[::1]', 'app', '', '', '[::1]/app'],
  ['a--b__c_d/e_f', '', 'a--b__c_d/e_f', '', '', 'docker.io/a--b__c_d/e_f'],
  ['my_registry.example/app', 'my_registry.example', 'app', '', '', 'my_registry.example/app'],
  [`a:${'t'.repeat(128)}`, '', 'a', 't'.repeat(128), '', 'docker.io/library/a'],
  [`a.b/${'x'.repeat(255)}`, 'a.b', 'x'.repeat(255), '', '', `a.b/${'x'.repeat(255)}`],
  [
    '0123456789abcdef'.repeat(4).slice(1),
    '',
    '0123456789abcdef'.repeat(4).slice(1),
    '',
    '',
    `docker.io/library/${'0123456789abcdef'.repeat(4).slice(1)}`,
  ],
];

for (const [image, registry, repository, tag, itsDigest, normalizedRepository] of cases) {
  test(`reads ${image.slice(0, 60)}`, () => {
    assert.deepEqual(parseImageReference(image), {
      registry,
      repository,
      tag,
      digest: itsDigest,
      normalizedRepository,
    });
    assert.equal(imageReferenceProblem(image), undefined);
  });
}

const refused: Readonly<Record<string, readonly string[]>> = {
  empty: ['', ' ', '\n'],
  'white-space': [' nginx', 'nginx ', 'nginx:1.27\n', '\tnginx'],
  scheme: ['https://a.b/c', 'http://a.b/c:1', 'docker://nginx', 'oci://a.b/c'],
  placeholder: [
    `$\{IMAGE}`,
    `a.b/c:$\{TAG}`,
    '$(IMAGE)',
    '$(params.image)',
    '$IMAGE',
    'a.b/c:$TAG',
    '<image>',
    '{{ image }}',
    '%IMAGE%',
    '@@IMAGE@@',
    '__IMAGE__',
    'IMAGE_PLACEHOLDER',
    'IMAGE',
    'a.b/APP_NAME:1',
  ],
  identifier: ['a'.repeat(64)],
  digest: [
    'nginx@sha256:abc',
    `nginx@sha256:${'a'.repeat(63)}`,
    `nginx@sha256:${'a'.repeat(65)}`,
    `nginx@sha256:${'A'.repeat(64)}`,
    `nginx@sha256:${'g'.repeat(64)}`,
    `nginx@md5:${'a'.repeat(32)}`,
    `nginx@${'a'.repeat(64)}`,
    `nginx@${sha256}:1.27`,
    `nginx@${sha256}@${sha256}`,
    'nginx@',
  ],
  'upper-case': ['Nginx', 'a.b/App', 'user/App:1', 'docker.io/Library/nginx'],
  grammar: [
    'a b',
    'nginx:',
    ':tag',
    'a//b',
    '/a',
    'a/',
    '-a',
    'a-',
    'a..b',
    'a___b',
    'a:1:2',
    'a:-t',
    'a.b:x/c',
    '[::1/app',
    '[fe80::1%eth0]/app',
    `a:${'t'.repeat(129)}`,
    `a.b/${'x'.repeat(256)}`,
    `library/${'x'.repeat(248)}`,
    'x'.repeat(248),
    'nginx\nnginx',
  ],
};

for (const [problem, images] of Object.entries(refused)) {
  test(`refuses what the kubelet refuses: ${problem}`, () => {
    for (const image of images) {
      assert.equal(parseImageReference(image), undefined, image);
      assert.equal(imageReferenceProblem(image), problem, image);
    }
  });
}

test('an image is of a registry by whole parts of its name', () => {
  const isOf = (image: string, ...registries: readonly string[]) => {
    const reference = parseImageReference(image);
    return reference !== undefined && isOfRegistries(reference, registries);
  };
  assert.ok(isOf('nginx', 'docker.io'));
  assert.ok(isOf('nginx', 'docker.io/library/'));
  assert.ok(isOf('a.b:5000/team/app', 'a.b:5000/team'));
  assert.ok(isOf('a.b/app', 'c.d', 'a.b/app'));
  assert.ok(!isOf('user/app', 'docker.io/library/'));
  assert.ok(!isOf('a.b.c/app', 'a.b'));
  assert.ok(!isOf('a.b:5000/app', 'a.b'));
  assert.ok(!isOf('a.b/team2/app', 'a.b/team'));
  assert.ok(!isOf('a.b/app'));
});
