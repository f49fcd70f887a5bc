import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directiveContextAt, directiveText, parseDirective } from '../../server/src/analysis/index.ts';

function read(comment: string) {
  const directive = parseDirective(comment);
  return (
    directive && {
      file: directive.isForFile,
      rules: directive.rules.map((rule) => rule.text),
      until: directive.until?.text,
      reason: directive.reason?.text,
    }
  );
}

test('a directive names rules, an end date and a reason', () => {
  assert.deepEqual(read('# kubeharden-ignore pod/privileged, pod/host-path until=2027-01-31 -- needed -- really'), {
    file: false,
    rules: ['pod/privileged', 'pod/host-path'],
    until: '2027-01-31',
    reason: 'needed -- really',
  });
  assert.deepEqual(read('#kubeharden-ignore-file pod/privileged pod/host-path -- x'), {
    file: true,
    rules: ['pod/privileged', 'pod/host-path'],
    until: undefined,
    reason: 'x',
  });
});

test('every part knows where it stands', () => {
  const comment = '# kubeharden-ignore  pod/privileged,pod/a until=2027-01-31 --  why ';
  const directive = parseDirective(comment);
  assert.ok(directive);
  for (const part of [directive.keyword, ...directive.rules, directive.until, directive.reason]) {
    assert.ok(part);
    assert.equal(comment.slice(part.start, part.end), part.text);
  }
});

test('a missing reason is missing, and prose without a separator names no rules', () => {
  assert.equal(read('# kubeharden-ignore pod/privileged --')?.reason, undefined);
  assert.equal(read('# kubeharden-ignore pod/privileged -- ')?.reason, undefined);
  assert.deepEqual(read('# kubeharden-ignore pod/privileged because we must')?.rules, ['pod/privileged']);
});

test('other comments are none of ours', () => {
  assert.equal(read('# kubeharden-ignored pod/privileged -- x'), undefined);
  assert.equal(read('# see kubeharden-ignore'), undefined);
  assert.equal(read('#'), undefined);
});

test('written directives are read back', () => {
  const text = directiveText('kubeharden-ignore', ['pod/a', 'pod/b'], ' two\nlines ');
  assert.deepEqual(read(text), { file: false, rules: ['pod/a', 'pod/b'], until: undefined, reason: 'two lines' });
});

/** The context at the `|` of a comment, and the text it replaces. */
function contextAt(marked: string) {
  const offset = marked.indexOf('|');
  const comment = marked.replace('|', '');
  const context = directiveContextAt(comment, offset);
  if (context === undefined || context.kind === 'reason') return context?.kind;
  const replaced = comment.slice(context.replace.start, context.replace.end);
  return context.kind === 'rule' ? [context.kind, replaced, context.present] : [context.kind, replaced];
}

test('what may be completed where', () => {
  assert.deepEqual(contextAt('# kube|'), ['keyword', 'kube']);
  assert.deepEqual(contextAt('#|'), ['keyword', '']);
  assert.equal(contextAt('# something|'), undefined);
  assert.deepEqual(contextAt('# kubeharden-ignore |'), ['rule', '', []]);
  assert.deepEqual(contextAt('# kubeharden-ignore pod/pri|vileged -- x'), ['rule', 'pod/privileged', []]);
  assert.deepEqual(contextAt('# kubeharden-ignore pod/a, |'), ['rule', '', ['pod/a']]);
  assert.deepEqual(contextAt('# kubeharden-ignore pod/a until=20|'), ['date', '20']);
  assert.equal(contextAt('# kubeharden-ignore pod/a -- wh|y'), 'reason');
});
