import { knownVulnerability, podImages } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'image/known-vulnerable',
  summary: 'Image tag with a known cluster-level CVE',
  severity: 'error',
  profile: 'guide',
  guide: 7,
  why:
    'Controllers that hold the keys of the cluster have had flaws that hand these keys over. For a few of them, with public exploits, ' +
    'the tag alone says that the flaw is there: ingress-nginx, Argo CD, Grafana and Kyverno. It replaces no image scanner.',
  whenNot: 'Never; where the image was patched under the same tag, suppress it with that reason.',
  references: {
    peers: ['C-0081', 'C-0090', 'C-0091'],
    urls: [
      'https://github.com/kubernetes/kubernetes/issues/131009',
      'https://github.com/argoproj/argo-cd/security/advisories/GHSA-63qx-x74g-jcr7',
      'https://github.com/kyverno/kyverno/security/advisories/GHSA-m3cq-xcx9-3gvm',
      'https://nvd.nist.gov/vuln/detail/CVE-2022-39328',
    ],
  },
  fixClass: 'none',
  messages: {
    found: '{user} runs {product} {version} with {cve}, which lets {effect}.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, user, reference } of podImages(podSpec)) {
      if (reference === undefined) continue;
      const known = knownVulnerability(reference);
      if (known === undefined) continue;
      const { product, cve, effect } = known;
      report({ at: node, message: 'found', args: { user, product, version: reference.tag, cve, effect } });
    }
  },
});
