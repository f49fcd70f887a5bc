import { type ContainerCommand, containerCommands, placeOfWord } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/curl-pipe-shell',
  summary: 'Code that is downloaded and run at start',
  severity: 'warning',
  profile: 'restricted',
  guide: 5,
  why:
    'What a container fetches while it starts is in no image: nobody scanned or signed it, it differs from start to start, and who ' +
    'takes over the server or the package runs code in the pod. It also needs a way out to the internet.',
  whenNot: 'Build and test jobs whose purpose is to fetch and run code, in a namespace of their own.',
  references: { urls: ['https://kubernetes.io/docs/concepts/security/supply-chain-security/'] },
  fixClass: 'none',
  messages: {
    script:
      'Container "{container}" runs what {program} downloads without a look at it, so whoever controls the answer runs code in the pod.',
    packages:
      'Container "{container}" installs packages with {program} whenever it starts, so it runs what nobody scanned and no image holds.',
  },
  subject: 'container',
  judge(container, report) {
    for (const command of containerCommands(container)) {
      const [word] = command.words;
      if (word === undefined) continue;
      const args = { container: container.name };
      const installer = installerOf(command);
      if (installer !== undefined) {
        report({ at: placeOfWord(word), message: 'packages', args: { ...args, program: installer } });
        continue;
      }
      const source = interpretsInput(command) ? downloadFor(command) : undefined;
      const [download] = source?.words ?? [];
      if (source !== undefined && download !== undefined) {
        report({ at: placeOfWord(download), message: 'script', args: { ...args, program: source.program } });
        continue;
      }
      const inserted = insertedDownload(command);
      if (inserted !== undefined)
        report({ at: placeOfWord(word), message: 'script', args: { ...args, program: inserted } });
    }
  },
});

const interpreter = /^(?:(?:a|ba|da|k|z)?sh|python[\d.]*|perl|ruby|node|php)$/;

const downloaders: ReadonlySet<string> = new Set(['curl', 'wget']);

/** Without the name of a script it runs what it reads: `sh`, `bash -s -- --yes`, `python3 -`. */
function interpretsInput({ program, words }: ContainerCommand): boolean {
  if (!interpreter.test(program)) return false;
  const second = words[1]?.text;
  return second === undefined || second.startsWith('-');
}

/** The download at the other end of its pipe, through filters such as `tee` or `gunzip`. */
function downloadFor(command: ContainerCommand): ContainerCommand | undefined {
  let source = command.readsFrom;
  while (source !== undefined && !downloaders.has(source.program)) source = source.readsFrom;
  return source;
}

/** `bash -c "$(curl ...)"`, `eval "$(wget ...)"` */
function insertedDownload({ program, words }: ContainerCommand): string | undefined {
  if (program !== 'eval' && !interpreter.test(program)) return undefined;
  const found = words.map(({ text }) => /^(?:\$\(|`)\s*(?:\S*\/)?(curl|wget)\s/.exec(text)?.[1]);
  return found.find((name) => name !== undefined);
}

/** Package managers and the words with which they fetch. */
const installers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['apk', new Set(['add'])],
  ['apt', new Set(['install'])],
  ['apt-get', new Set(['install'])],
  ['dnf', new Set(['install'])],
  ['gem', new Set(['install'])],
  ['microdnf', new Set(['install'])],
  ['npm', new Set(['ci', 'i', 'install'])],
  ['pip', new Set(['install'])],
  ['pip3', new Set(['install'])],
  ['yarn', new Set(['add', 'install'])],
  ['yum', new Set(['install'])],
]);

/** The package manager that the command has fetch something; `pip install --no-index` takes what is there already. */
function installerOf({ program, words }: ContainerCommand): string | undefined {
  const texts = words.slice(1).map(({ text }) => text);
  const isModule = /^python[\d.]*$/.test(program) && texts[0] === '-m' && texts[1] === 'pip';
  const installer = isModule ? 'pip' : program;
  const verb = texts.slice(isModule ? 2 : 0).find((text) => !text.startsWith('-'));
  const fetches = verb !== undefined && installers.get(installer)?.has(verb) === true && !texts.includes('--no-index');
  return fetches ? installer : undefined;
}
