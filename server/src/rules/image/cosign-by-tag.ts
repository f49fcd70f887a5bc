import {
  type PipelineCommand,
  parseImageReference,
  pipelineCommands,
  plainArguments,
  programOf,
  type ShellWord,
} from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/cosign-by-tag',
  summary: 'cosign signs or verifies a tag',
  severity: 'warning',
  profile: 'guide',
  guide: 5,
  why:
    'cosign signs a digest. Given a tag it asks the registry which digest that is at the moment, and between push and signature the tag ' +
    'may have been moved: then the signature vouches for an image that nobody built here. The same holds for what is verified and then pulled.',
  whenNot: 'In registries whose tags cannot be moved.',
  references: { urls: ['https://docs.sigstore.dev/cosign/signing/signing_with_containers/'] },
  fixClass: 'input',
  messages: {
    sign: 'cosign signs {image} by its tag, which may point to another image by now than the one that was built.',
    verify: 'cosign verifies {image} by its tag, which may point to another image when it is pulled.',
  },
  subject: 'pipeline',
  judge(pipeline, report) {
    for (const command of pipelineCommands(pipeline)) {
      const action = cosignAction(command);
      if (action === undefined) continue;
      for (const word of plainArguments(command)) {
        const tag = tagOf(word);
        if (tag === undefined) continue;
        report({
          at: command.script.span(word.offsets[0] ?? 0, endOf(word)),
          message: action,
          args: { image: word.text.replaceAll(gitHubExpression, shellLike) },
          fixes: () => [byDigest(command, word, tag)],
        });
      }
    }
  },
});

function cosignAction(command: PipelineCommand): 'sign' | 'verify' | undefined {
  if (programOf(command) !== 'cosign') return undefined;
  const [action] = plainArguments(command);
  if (action?.text === 'sign' || action?.text === 'attest') return 'sign';
  return action?.text === 'verify' || action?.text === 'verify-attestation' ? 'verify' : undefined;
}

/** With all its variables spelt out no reference is longer (a name of 255 characters at most, and a tag of 128). */
const longestWord = 2_000;

/** `:tag` with its place in the word, if an image is named by one; what a variable holds counts as part of a name. */
function tagOf({ text }: ShellWord): { readonly from: number } | undefined {
  if (text.length > longestWord) return undefined;
  const filled = text.replaceAll(expansion, (written) => 'x'.repeat(written.length));
  const reference = parseImageReference(filled);
  if (reference === undefined || reference.tag === '' || reference.digest !== '') return undefined;
  return { from: filled.lastIndexOf(':') };
}

/** After the last character, before a quote that closes the word. */
function endOf({ text, offsets }: ShellWord): number {
  return (offsets[text.length - 1] ?? -1) + 1;
}

/** Of the shell, and of GitHub, which fills its own in before the shell sees them. */
const expansion = /\$\{\{.*?\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+/g;

const gitHubExpression = /\$\{\{(.*?)\}\}/g;

/** `$sha` for `${{ github.sha }}`: short enough for a message. */
function shellLike(_: string, expression: string): string {
  return `$${/\w+$/.exec(expression.trimEnd())?.[0] ?? '...'}`;
}

/** Set from the output of the build: `steps.<id>.outputs.digest` of docker/build-push-action, `crane digest` elsewhere. */
const digestVariable = '@$IMAGE_DIGEST';

function byDigest({ script }: PipelineCommand, word: ShellWord, tag: { readonly from: number }): Fix {
  const from = word.offsets[tag.from] ?? endOf(word);
  return {
    fixClass: 'input',
    title: 'Name the image by the digest that the build has put out (set IMAGE_DIGEST to it)',
    operations: [{ op: 'replaceText', node: script, from, to: endOf(word), text: digestVariable }],
  };
}
