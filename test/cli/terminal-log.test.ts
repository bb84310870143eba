/** A log on a terminal: headings, colours, and nothing else that a terminal would obey. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogHeadings } from '../../src/cli/screen/log-headings.js';
import { NO_COLOURS } from '../../src/cli/screen/paint.js';
import { TerminalLog } from '../../src/cli/screen/terminal-log.js';

const ESC = '\u001b';
const RED = `${ESC}[31m`;

function shown(text: string, colours: 'keep' | 'drop' = 'keep'): string {
  const log = new TerminalLog(colours);
  return log.take(Buffer.from(text)) + log.end();
}

describe('the log of a job on a terminal (TRUST §6)', () => {
  it.each<[string, string]>([
    ['a clear screen', `a${ESC}[2Jb`],
    ['a cursor move', `a${ESC}[10;10Hb`],
    ['a private mode', `a${ESC}[?1049hb`],
    ['a title', `a${ESC}]0;rm -rf\u0007b`],
    ['a title that ST ends', `a${ESC}]0;rm -rf${ESC}\\b`],
    ['a link', `a${ESC}]8;;https://evil.example${ESC}\\${ESC}]8;;${ESC}\\b`],
    ['a write to the clipboard', `a${ESC}]52;c;cm0=${ESC}\\b`],
    ['a device control string', `a${ESC}P1$r0m${ESC}\\b`],
    ['an application command', `a${ESC}_x${ESC}\\b`],
    ['a privacy message', `a${ESC}^x${ESC}\\b`],
    ['a start of string', `a${ESC}Xx${ESC}\\b`],
    ['a reset', `a${ESC}cb`],
    ['a change of the letters', `a${ESC}(0b`],
    ['a question for the terminal', `a${ESC}[6nb`],
    ['a window order', `a${ESC}[3;0;0tb`],
    ['an eight-bit CSI', 'a\u009b2Jb'],
    ['an eight-bit OSC', 'a\u009d0;x\u009cb'],
    ['a bell, a backspace and a shift', 'a\u0007\b\u000eb'],
    ['a turn of the reading direction', 'a\u202eb\u2066'],
    ['a sequence within a sequence', `a${ESC}[1${ESC}[2Jb`],
    ['a concealment', `a${ESC}[8mb`],
    ['a concealment among colours', `a${ESC}[31;8mb`],
    ['a private colour', `a${ESC}[>4;2mb`],
    ['a colour that is too long', `a${ESC}[${'1;'.repeat(50)}mb`],
  ])('shows nothing of %s', (_what, text) => {
    expect(shown(text)).toBe('ab');
  });

  it('keeps colours, and turns off what a job left on', () => {
    expect(shown(`${RED}bad${ESC}[0m, ${ESC}[1;38;5;8mfaint`)).toBe(
      `${RED}bad${ESC}[0m, ${ESC}[1;38;5;8mfaint${ESC}[0m`,
    );
    expect(shown(`${RED}bad${ESC}[m`)).toBe(`${RED}bad${ESC}[m`);
  });

  it('drops colours as well where nobody wants them', () => {
    expect(shown(`${RED}bad${ESC}[0m`, 'drop')).toBe('bad');
  });

  it('lets no line be overwritten', () => {
    expect(shown('10 %\r20 %\r\nfake\rgood\n')).toBe('10 %\n20 %\nfake\ngood\n');
  });

  it('lets a string that never ends hide no more than its line', () => {
    expect(shown(`a${ESC}]0;never\nb${ESC}[3\nc`)).toBe('a\nb\nc');
  });

  it('is the same however the bytes are cut', () => {
    const piece = fc.constantFrom(
      ESC,
      '[',
      ']',
      '31m',
      '8',
      ';',
      'm',
      '\r',
      '\n',
      'ä€',
      '🚀',
      '\u009b',
      '\\',
      'x',
      '\u0007',
    );
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 5 }), (pieces, size) => {
        const bytes = Buffer.from(pieces.join(''));
        const log = new TerminalLog('keep');
        let out = '';
        for (let at = 0; at < bytes.length; at += size) out += log.take(bytes.subarray(at, at + size));
        expect(out + log.end()).toBe(shown(pieces.join('')));
        expect((out + log.end()).replace(/\u001b\[[\d;:]*m/g, '')).not.toMatch(/[^\P{Cc}\n\t]/u);
      }),
    );
  });
});

describe('the headings of a log on a terminal', () => {
  const LOG = '##[group]Build\n./build.sh\n##[endgroup]\nx ##[group]y\n##[error]no\n##[other]z\n##[gro';
  const SHOWN = '▸ Build\n./build.sh\nx ##[group]y\nno\n##[other]z\n##[gro';

  it('stand for the marks of the runner, however the text is cut', () => {
    for (let size = 1; size < LOG.length; size += 1) {
      const headings = new LogHeadings(NO_COLOURS);
      let out = '';
      for (let at = 0; at < LOG.length; at += size) out += headings.take(LOG.slice(at, at + size));
      expect(out + headings.end()).toBe(SHOWN);
    }
  });

  it('hold back no line that is none of the runner', () => {
    expect(new LogHeadings(NO_COLOURS).take('10 %')).toBe('10 %');
    expect(new LogHeadings(NO_COLOURS).take('#')).toBe('');
    expect(new LogHeadings(NO_COLOURS).take(`##[group]${'x'.repeat(5_000)}`)).toHaveLength(5_009);
  });
});
