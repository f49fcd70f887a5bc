import fc from 'fast-check';
import { stringify } from 'yaml';
import type { JudgedPod } from './admission.ts';

/** A value that decodes into a field of a Pod; `null` decodes into all. */
type Value = fc.Arbitrary<unknown>;

const texts = (...values: readonly string[]): Value => fc.constantFrom(...values, '', null);
const flag: Value = fc.constantFrom(true, false, null);
const numbers = (...values: readonly number[]): Value => fc.constantFrom(...values, null);

/** Each field there or not. */
const fields = (model: Readonly<Record<string, Value>>): Value => fc.record(model, { requiredKeys: [] });

/** Mostly what is asked for, else what Kubernetes takes for nothing. */
const orNothing = (value: Value): Value =>
  fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom<unknown>(null, {}) });

const list = (item: Value, maxLength = 3): Value =>
  fc.oneof(
    { weight: 8, arbitrary: fc.array(item, { maxLength }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [null]) },
  );

const profile = orNothing(
  fields({
    type: texts(
      ...['RuntimeDefault', 'RuntimeDefault', 'Localhost', 'Unconfined', 'runtimedefault', 'localhost', 'unconfined'],
      ...['runtime/default', 'docker/default', 'localhost/a', 'Runtime', ' RuntimeDefault'],
    ),
    localhostProfile: texts('profiles/a.json'),
  }),
);

const capability = texts(
  ...['ALL', 'all', 'All', 'CAP_ALL', 'NET_BIND_SERVICE', 'net_bind_service', 'CAP_NET_BIND_SERVICE', 'NET_RAW'],
  ...['AUDIT_WRITE', 'CHOWN', 'chown', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'SETFCAP', 'SETGID'],
  ...['SETPCAP', 'SETUID', 'SYS_CHROOT', 'SYS_ADMIN', 'CAP_SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE', ' ALL', 'nonsense'],
);

const capabilities = orNothing(
  fields({
    add: list(capability, 2),
    drop: fc.oneof(fc.constant(['ALL']), list(capability)),
    Add: list(capability),
    dropped: list(capability),
  }),
);

const seLinuxOptions = orNothing(
  fields({
    user: texts('system_u', 'user_u'),
    role: texts('system_r', 'object_r'),
    type: texts(
      ...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t', 'Container_t', 'foo'],
    ),
    level: texts('s0:c123,c456'),
  }),
);

const windowsOptions = orNothing(fields({ hostProcess: flag, runAsUserName: texts('NT AUTHORITY\\SYSTEM') }));

const sysctl = orNothing(
  fields({
    name: texts(
      ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies'],
      ...['net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ip_local_reserved_ports'],
      ...['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl'],
      ...['net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
      ...['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat', 'net.core.somaxconn', 'kernel.msgmax'],
      ...['net/ipv4/tcp_syncookies', 'Kernel.shm_rmid_forced'],
    ),
    value: texts('1', '0 65535'),
  }),
);

const user = numbers(0, 1, 1000, 10001, -1, 2 ** 31);

/** Fields that the pod and the container have, with the container's before the pod's. */
const common = {
  runAsNonRoot: flag,
  runAsUser: user,
  runAsGroup: user,
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions,
  windowsOptions,
};

/** Fields that only one of them has; in the other, and in another case, the API server drops them. */
const onlyOfPods = { sysctls: list(sysctl), fsGroup: user };
const onlyOfContainers = {
  privileged: flag,
  allowPrivilegeEscalation: fc.constantFrom(false, false, true, null),
  capabilities,
  procMount: texts('Default', 'Default', 'Unmasked', 'default', 'unmasked'),
  readOnlyRootFilesystem: flag,
};
const inAnotherCase = {
  runAsNonroot: flag,
  RunAsUser: user,
  seccompprofile: profile,
  Privileged: flag,
  allowPrivilegeEscalaton: flag,
};

const podSecurityContext = orNothing(
  fc.oneof(
    { weight: 3, arbitrary: fields({ ...common, ...onlyOfPods }) },
    { weight: 1, arbitrary: fields({ ...common, ...onlyOfPods, ...onlyOfContainers, ...inAnotherCase }) },
  ),
);

const containerSecurityContext = orNothing(
  fc.oneof(
    { weight: 3, arbitrary: fields({ ...common, ...onlyOfContainers }) },
    { weight: 1, arbitrary: fields({ ...common, ...onlyOfPods, ...onlyOfContainers, ...inAnotherCase }) },
  ),
);

const port = orNothing(
  fields({ containerPort: numbers(80, 8080), hostPort: numbers(0, 0, 80, 8080, -1), name: texts('http') }),
);

const host = texts('127.0.0.1', 'localhost', 'example.com', ' ');
const handler = orNothing(
  fields({
    httpGet: orNothing(fields({ host, port: fc.constantFrom<unknown>(80, 'http', null), path: texts('/') })),
    tcpSocket: orNothing(fields({ host, port: fc.constantFrom<unknown>(80, 'http', null) })),
    exec: orNothing(fields({ command: list(texts('true')) })),
    grpc: orNothing(fields({ port: numbers(80), service: texts('a'), host })),
    host,
  }),
);

const handlers = fc.constantFrom('livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle').chain((name) =>
  fields({
    [name]:
      name === 'lifecycle' ? orNothing(fields({ postStart: handler, preStop: handler, PostStart: handler })) : handler,
  }),
);

/** Mostly empty, and merged with other parts. */
const rarely = (part: Value): Value =>
  fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: part });

const merged = (...parts: readonly Value[]): Value =>
  fc.tuple(...parts).map((each) => Object.assign({}, ...each) as unknown);

/** Null and nameless containers are left out: the API server's validation, which comes before admission, refuses them. */
function container(name: string): Value {
  return merged(
    fc.constant({ name, image: 'registry.example/app:1' }),
    fields({ securityContext: containerSecurityContext }),
    rarely(fields({ ports: list(port) })),
    rarely(handlers),
    rarely(fields({ hostPID: flag, privileged: flag, runAsNonRoot: flag, seccompProfile: profile })),
  );
}

function containers(name: string, minLength: number): Value {
  const lists = [0, 1, 2].map((length) =>
    fc.tuple(...Array.from({ length: length + minLength }, (_, index) => container(`${name}-${index}`))),
  );
  return minLength > 0
    ? fc.oneof({ withCrossShrink: true }, ...lists)
    : fc.oneof({ weight: 5, arbitrary: fc.oneof(...lists) }, { weight: 1, arbitrary: fc.constant(null) });
}

const volumeSources: Readonly<Record<string, Value>> = {
  ...Object.fromEntries(
    [
      ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected'],
      ...['secret', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd'],
      ...['flexVolume', 'cinder', 'cephfs', 'flocker', 'fc', 'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk'],
      ...['photonPersistentDisk', 'portworxVolume', 'scaleIO', 'storageos', 'hostpath', 'emptydir', 'nothing'],
    ].map((type) => [type, fc.constantFrom<unknown>({}, {}, null)]),
  ),
  hostPath: orNothing(fields({ path: texts('/', '/var/run/docker.sock'), type: texts('Directory', 'Socket') })),
};

const volume = fc
  .tuple(
    fields({ name: texts('data') }),
    fc.array(
      fc.oneof(
        fc.constantFrom(...Object.keys(volumeSources)),
        fc.constantFrom('hostPath', 'emptyDir', 'configMap', 'projected'),
      ),
      { maxLength: 2 },
    ),
  )
  .chain(([named, types]) =>
    fc
      .record(Object.fromEntries(types.map((type) => [type, volumeSources[type] ?? fc.constant({})])))
      .map((sources) => ({ ...(named as object), ...sources })),
  );

const annotations = orNothing(
  fc.dictionary(
    fc.constantFrom(
      ...['', 'app-0', 'app-1', 'init-0', 'debug-0', 'nobody'].map(
        (name) => `container.apparmor.security.beta.kubernetes.io/${name}`,
      ),
      'container.apparmor.security.beta.kubernetes.io',
      'Container.apparmor.security.beta.kubernetes.io/app-0',
      'seccomp.security.alpha.kubernetes.io/pod',
      'container.seccomp.security.alpha.kubernetes.io/app-0',
      'example.com/note',
    ),
    texts(
      ...['runtime/default', 'localhost/a', 'localhost/', 'localhost', 'unconfined', 'docker/default'],
      ...['RuntimeDefault', 'Unconfined', ' '],
    ),
    { maxKeys: 3 },
  ),
);

const podSpec = merged(
  fc.record(
    {
      containers: containers('app', 1),
      initContainers: containers('init', 0),
      ephemeralContainers: containers('debug', 0),
      securityContext: podSecurityContext,
    },
    { requiredKeys: ['containers'] },
  ),
  rarely(fields({ hostNetwork: flag, hostPID: flag, hostIPC: flag, hostpid: flag, HostNetwork: flag })),
  rarely(fields({ hostUsers: flag, hostusers: flag })),
  rarely(
    fields({
      os: orNothing(fields({ name: texts('windows', 'windows', 'Windows', 'linux') })),
      osName: texts('windows'),
    }),
  ),
  rarely(fields({ volumes: list(orNothing(volume)) })),
  rarely(fields({ privileged: flag, runAsNonRoot: flag, seccompProfile: profile, capabilities })),
);

const pod = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Pod'),
  metadata: fc.record({ name: fc.constant('pod'), annotations }, { requiredKeys: ['name'] }),
  spec: podSpec as fc.Arbitrary<{ readonly os?: { readonly name?: unknown } | null }>,
});

/** A way to write it down. YAML reads every one of these as null, true or false. */
type Writing = (pod: unknown) => string;

/** Combinations that libyaml reads. */
const layout = fc.constantFrom(
  { collectionStyle: 'any', indentSeq: false, nullStr: '' } as const,
  { collectionStyle: 'block', indentSeq: true, nullStr: '~' } as const,
  { collectionStyle: 'flow', nullStr: 'null' } as const,
);

const yaml: fc.Arbitrary<Writing> = fc
  .record({
    layout,
    trueStr: fc.constantFrom('true', 'True', 'yes', 'on', 'y'),
    falseStr: fc.constantFrom('false', 'FALSE', 'no', 'Off', 'n'),
    indent: fc.constantFrom(2, 4),
    singleQuote: fc.boolean(),
    defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const),
    aliasDuplicateObjects: fc.boolean(),
  })
  .map(
    ({ layout, ...options }) =>
      (written: unknown) =>
        stringify(written, { version: '1.1', defaultKeyType: 'PLAIN', ...layout, ...options }),
  );

const json: fc.Arbitrary<Writing> = fc.constantFrom(
  (written: unknown) => JSON.stringify(written),
  (written: unknown) => `${JSON.stringify(written, undefined, 2)}\n`,
);

const firstVersion = 24;
const newestVersion = 37;
const version = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: firstVersion, max: newestVersion }) },
  { weight: 1, arbitrary: fc.constant('latest' as const) },
);

export interface RandomPod extends JudgedPod {
  /** `os.name` is exactly `windows`. */
  readonly isForWindows: boolean;
}

/**
 * Pods over all fields that the Pod Security Standards speak of and over values at the edges: absent, null, empty, in
 * another case or place. Nearly all of them decode, so that the API server would judge them.
 */
export const randomPod: fc.Arbitrary<RandomPod> = fc
  .record({ pod, version, write: fc.oneof(yaml, json) })
  .map(({ pod: written, version: target, write }) => ({
    text: write(written),
    version: target,
    isForWindows: written.spec.os?.name === 'windows',
  }));
