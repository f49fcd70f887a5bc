import { endedSupport, endOfLifeAsOf, podImages } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'image/eol-base',
  summary: 'End-of-life image version',
  severity: 'warning',
  profile: 'restricted',
  guide: 5,
  why:
    'A release line that its makers have given up gets no security fixes: what is found in it from then on stays open, and rebuilding ' +
    `the image changes nothing. Judged are official images of languages, databases and distributions, by what had ended on ${endOfLifeAsOf}.`,
  whenNot: 'Where somebody else is paid for fixes of the old version.',
  references: { urls: ['https://endoflife.date/'] },
  fixClass: 'none',
  messages: {
    line: '{user} runs {image}, and {release} has had no security fixes since {since}.',
    older: '{user} runs {image}, and {release} has had no security fixes since {since} at the latest.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, user, text, reference } of podImages(podSpec)) {
      const ended = reference && endedSupport(reference);
      if (text === undefined || ended === undefined) continue;
      const { release, since, isOlder } = ended;
      report({ at: node, message: isOlder ? 'older' : 'line', args: { user, image: text, release, since } });
    }
  },
});
