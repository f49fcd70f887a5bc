import type { Container } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'reliability/probe-ports',
  summary: 'Probe of an undeclared port, or two probes that are the same',
  severity: 'info',
  profile: 'off',
  why:
    'A probe of a port name that the container does not declare always fails; of a number that it does not declare it mostly is a ' +
    'mistake. If liveness and readiness ask the same, a container that is only busy is restarted instead of left alone for a while.',
  whenNot: 'Ports that are left undeclared on purpose; Kubernetes does not need the declaration of a number.',
  references: {
    peers: ['KL:liveness-port', 'KL:readiness-port', 'KL:startup-port', 'KS:pod-probes-identical'],
    urls: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],
  },
  fixClass: 'none',
  messages: {
    name: 'The {probe} of container "{container}" asks port "{port}", which the container does not declare, so it always fails.',
    number: 'The {probe} of container "{container}" asks port {port}, which the container does not declare.',
    identical:
      'Container "{container}" has the same liveness and readiness probe, so it is restarted when it should only be spared.',
  },
  subject: 'container',
  judge(container, report) {
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
      for (const port of portsOf(container.node.get(probe))) {
        if (isDeclared(container, port)) continue;
        const text = String(port.scalar);
        const message = /^\d+$/.test(text) ? 'number' : 'name';
        report({ at: port, message, args: { container: container.name, probe, port: text } });
      }
    }
    const liveness = container.node.get('livenessProbe');
    const readiness = container.node.get('readinessProbe');
    if (liveness.isKnown && readiness.isKnown && isEqual(liveness, readiness))
      report({ at: liveness, message: 'identical', args: { container: container.name } });
  },
});

function portsOf(probe: ManifestNode): readonly ManifestNode[] {
  const paths = [
    ['httpGet', 'port'],
    ['tcpSocket', 'port'],
    ['grpc', 'port'],
  ];
  return paths.map((path) => probe.get(...path)).filter((port) => port.scalar !== undefined);
}

/** Probes speak TCP, so that a port of another protocol is none for them. */
function isDeclared(container: Container, port: ManifestNode): boolean {
  const ports = container.node.get('ports');
  if (ports.isUnknown || !ports.isComplete) return true;
  const wanted = String(port.scalar);
  return ports.items().some((item) => {
    const fields = [item.get('name'), item.get('containerPort')];
    const isWanted = fields.some((field) => field.isUnknown || String(field.scalar) === wanted);
    return isWanted && (item.get('protocol').string ?? 'TCP') === 'TCP';
  });
}

/** As values, whatever the order of the keys; what is unknown is equal to nothing. */
function isEqual(left: ManifestNode, right: ManifestNode): boolean {
  if (left.isUnknown || right.isUnknown || !left.isComplete || !right.isComplete) return false;
  if (left.type !== right.type) return false;
  if (left.type === 'list') {
    const [a, b] = [left.items(), right.items()];
    return a.length === b.length && a.every((item, index) => b[index] !== undefined && isEqual(item, b[index]));
  }
  if (left.type === 'map') {
    const [a, b] = [left.entries(), right.entries()];
    return a.length === b.length && a.every(({ key, value }) => isEqual(value, right.get(key)));
  }
  return left.scalar === right.scalar;
}
