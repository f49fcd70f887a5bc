import type { KubernetesVersion } from '../../server/src/kubernetes/index.ts';
import type { Severity } from '../../server/src/rules/index.ts';

/** One finding that a fixture expects, as marked in it. Zero-based line and UTF-16 columns of the text without marks. */
export interface ExpectedFinding {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** A part of the message. */
  readonly message: string;
  /** Only where it is not the rule's own. */
  readonly severity?: Severity;
}

export interface FixtureSettings {
  readonly version?: KubernetesVersion;
  readonly options?: unknown;
}

/** The text of a fixture as the engine gets it, and what the marks in it said. */
export interface FixtureText {
  readonly text: string;
  readonly expected: readonly ExpectedFinding[];
  readonly settings: FixtureSettings;
}

const mark = /^(\s*)#(\s*)(?:(\^+)|(<-*))\s+(?:(error|warning|info)\s+)?"(.*)"\s*$/;
const likeMark = /^\s*#\s*(?:\^|<-)/;
const settingsLine = /^\uFEFF?# settings:(.*)$/;

/**
 * Takes the marks (`# ^^^^ "part of the message"`) and the settings line out of a fixture. The format is described in
 * test/rules/README.md. Throws on a mark that it cannot read.
 */
export function readFixtureText(source: string): FixtureText {
  const kept: string[] = [];
  const expected: ExpectedFinding[] = [];
  let settings: FixtureSettings = {};
  for (const [index, line] of source.split(/(?<=\n)/).entries()) {
    const content = line.replace(/\r?\n$/, '');
    const found = settingsLine.exec(content);
    if (index === 0 && found !== null) {
      settings = readSettings(found[1] ?? '');
      if (content.startsWith('\uFEFF')) kept.push('\uFEFF');
    } else if (likeMark.test(content)) {
      expected.push(readMark(content, kept.join('').split('\n').length - 2));
    } else {
      kept.push(line);
    }
  }
  return { text: kept.join(''), expected, settings };
}

function readMark(content: string, line: number): ExpectedFinding {
  const parts = mark.exec(content);
  if (parts === null) throw new Error(`Cannot read the mark ${content.trim()}; write # ^^^^ "part of the message"`);
  const [, indent = '', gap = '', carets, arrow = '', severity, message = ''] = parts;
  const start = carets === undefined ? indent.length : indent.length + 1 + gap.length;
  const position = { line, start, end: start + (carets ?? arrow).length, message };
  return severity === undefined ? position : { ...position, severity: severity as Severity };
}

function readSettings(text: string): FixtureSettings {
  let rest = text.trim();
  let settings: FixtureSettings = {};
  while (rest !== '') {
    const version = /^kubernetesVersion=1\.(\d+)(?:\s+|$)/.exec(rest);
    const options = /^options=(.+)$/.exec(rest);
    if (version !== null) {
      settings = { ...settings, version: { minor: Number(version[1]) } };
      rest = rest.slice(version[0].length);
    } else if (options !== null) {
      settings = { ...settings, options: JSON.parse(options[1] ?? '') };
      rest = '';
    } else {
      throw new Error(`Cannot read the settings "${rest}"; write kubernetesVersion=1.24 or options={...}`);
    }
  }
  return settings;
}

/** Reads `<name>.expected.json`, which stands beside a fixture that cannot hold comments. */
export function readExpectedJson(json: string, text: string): readonly ExpectedFinding[] {
  const lines = text.split(/\r?\n/);
  const rows = JSON.parse(json) as readonly { line: number; text: string; message: string; severity?: Severity }[];
  return rows.map((row) => {
    const start = (lines[row.line - 1] ?? '').indexOf(row.text);
    if (start < 0) throw new Error(`Line ${row.line} does not hold ${row.text}`);
    const finding = { line: row.line - 1, start, end: start + row.text.length, message: row.message };
    return row.severity === undefined ? finding : { ...finding, severity: row.severity };
  });
}
