import type { ImageReference } from './imageReference.ts';
import { compareVersions, officialImageName, parseVersion, tagVersion } from './imageVersion.ts';

/** A release line that gets no fixes any more. */
export interface EndedSupport {
  /** For messages: `python 3.9`, `debian buster`. */
  readonly release: string;
  /** The last day of support, YYYY-MM-DD; what is older than the oldest line listed ended no later. */
  readonly since: string;
  /** Ended before the oldest line that is listed. */
  readonly isOlder: boolean;
}

/**
 * Release lines of official images that had ended on {@link endOfLifeAsOf}, by the announcements of their makers.
 * A list of what has ended rather than a calendar: a manifest that passes today passes tomorrow with the same version of
 * this program. Lines without a date that their maker names are left out.
 */
const endedLines: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // https://devguide.python.org/versions/
  python: { '3.10': '2026-10-31', '3.9': '2025-10-31', '3.8': '2024-10-07', '3.7': '2023-06-27', '3.6': '2021-12-23' },
  // https://github.com/nodejs/Release/blob/main/schedule.json
  node: {
    '25': '2026-06-01',
    '23': '2025-06-01',
    '21': '2024-06-01',
    '20': '2026-04-30',
    '19': '2023-06-01',
    '18': '2025-04-30',
    '17': '2022-06-01',
    '16': '2023-09-11',
    '15': '2021-06-01',
    '14': '2023-04-30',
    '13': '2020-06-01',
    '12': '2022-04-30',
    '11': '2019-06-01',
    '10': '2021-04-30',
  },
  // https://wiki.debian.org/LTS (the paid extension does not reach the images)
  debian: { '11': '2026-08-31', '10': '2024-06-30', '9': '2022-06-30', '8': '2020-06-30' },
  // https://ubuntu.com/about/release-cycle (standard support: the images have no Ubuntu Pro)
  ubuntu: { '20.04': '2025-05-31', '18.04': '2023-05-31', '16.04': '2021-04-30', '14.04': '2019-04-30' },
  // https://alpinelinux.org/releases/
  alpine: {
    '3.21': '2026-11-01',
    '3.20': '2026-04-01',
    '3.19': '2025-11-01',
    '3.18': '2025-05-09',
    '3.17': '2024-11-22',
    '3.16': '2024-05-23',
    '3.15': '2023-11-01',
  },
  // https://nginx.org/en/download.html: a branch is legacy from the first release of the next of its kind.
  nginx: { '1.27': '2025-06-24', '1.26': '2025-04-23', '1.25': '2024-05-29', '1.24': '2024-04-23' },
  // https://www.postgresql.org/support/versioning/
  postgres: { '14': '2026-11-12', '13': '2025-11-13', '12': '2024-11-21', '11': '2023-11-09', '10': '2022-11-10' },
  // https://www.php.net/eol.php
  php: { '8.1': '2025-12-31', '8.0': '2023-11-26', '7.4': '2022-11-28', '7.3': '2021-12-06' },
  // https://www.mongodb.com/legal/support-policy/lifecycles
  mongo: { '6.0': '2025-07-31', '5.0': '2024-10-31', '4.4': '2024-02-29', '4.2': '2023-04-30' },
  // https://www.oracle.com/us/support/library/lifetime-support-technology-069183.pdf
  mysql: { '8.0': '2026-04-30', '5.7': '2023-10-31', '5.6': '2021-02-28' },
  // https://redis.io/docs/latest/operate/oss_and_stack/install/version-mgmt/ (supported were the latest lines only)
  redis: { '6.0': '2023-08-15', '5.0': '2022-04-27' },
};

/** Images that were given up with all their tags: https://www.centos.org/centos-linux-eol/, https://hub.docker.com/_/centos. */
const givenUp: Readonly<Record<string, string>> = { centos: '2024-06-30' };

/** When the tables were last compared with their sources. */
export const endOfLifeAsOf = '2026-11-25';

/** Code names that stand in tags, of the image itself or of what an image is built on (`python:3.13-slim-buster`). */
const codeNames: Readonly<Record<string, readonly [distribution: string, version: string]>> = {
  bullseye: ['debian', '11'],
  buster: ['debian', '10'],
  stretch: ['debian', '9'],
  jessie: ['debian', '8'],
  focal: ['ubuntu', '20.04'],
  bionic: ['ubuntu', '18.04'],
  xenial: ['ubuntu', '16.04'],
  trusty: ['ubuntu', '14.04'],
};

/** What of an image had no support any more on {@link endOfLifeAsOf}: its own release line, else the distribution named in its tag. */
export function endedSupport(reference: ImageReference): EndedSupport | undefined {
  const name = officialImageName(reference);
  if (name === undefined) return undefined;
  const since = Object.hasOwn(givenUp, name) ? givenUp[name] : undefined;
  if (since !== undefined) return { release: name, since, isOlder: false };
  return endedLine(name, tagVersion(reference)) ?? endedBase(reference.tag);
}

function endedLine(name: string, version: readonly number[] | undefined): EndedSupport | undefined {
  const lines = Object.entries(Object.hasOwn(endedLines, name) ? (endedLines[name] ?? {}) : {});
  if (version === undefined || lines.length === 0) return undefined;
  const written = version.join('.');
  for (const [line, since] of lines) {
    const numbers = parseVersion(line);
    if (version.length >= numbers.length && compareVersions(version, numbers) === 0) {
      return { release: `${name} ${line}`, since, isOlder: false };
    }
  }
  const oldest = lines
    .map(([line, since]) => ({ numbers: parseVersion(line), since }))
    .sort((a, b) => compareVersions(a.numbers, b.numbers))[0];
  if (oldest === undefined || compareVersions(version, oldest.numbers) >= 0) return undefined;
  return { release: `${name} ${written}`, since: oldest.since, isOlder: true };
}

function endedBase(tag: string): EndedSupport | undefined {
  for (const word of tag.split(/[-_]/)) {
    const codeName = Object.hasOwn(codeNames, word) ? codeNames[word] : undefined;
    if (codeName !== undefined) {
      const ended = endedLine(codeName[0], parseVersion(codeName[1]));
      return ended && { ...ended, release: `${codeName[0]} ${word}` };
    }
    const alpine = /^alpine(\d+\.\d+)$/.exec(word)?.[1];
    if (alpine !== undefined) return endedLine('alpine', parseVersion(alpine));
  }
  return undefined;
}
