/** The end of a log as a page shows it: colours, and nothing else that a terminal would obey. */
import { describe, expect, it } from 'vitest';
import { logLines } from '../../src/api/pages/log-lines.js';

const ESC = '\u001b';

function shown(...lines: readonly string[]): readonly string[] {
  return logLines(lines).map(String);
}

describe('a line of a log', () => {
  it.each([
    ['colours become spans', `${ESC}[31mred${ESC}[0m plain`, '<span class="cr">red</span> plain'],
    ['bold and bright too', `${ESC}[1;92mok${ESC}[22m so`, '<span class="cg cs">ok</span><span class="cg"> so</span>'],
    ['of 256 colours the first 16', `${ESC}[38;5;4mblue${ESC}[38;5;200mpink`, '<span class="cb">blue</span>pink'],
    ['a colour of 24 bits and a background are passed over', `${ESC}[38;2;1;31;1mx${ESC}[48;5;31my`, 'xy'],
    ['moves and clearings vanish', `a${ESC}[2J${ESC}[1;1Hb${ESC}[?25lc${ESC}7d${ESC}(Be`, 'abcde'],
    ['a title and a link vanish', `${ESC}]0;title\u0007a${ESC}]8;;javascript:x${ESC}\\b${ESC}]8;;${ESC}\\`, 'ab'],
    ['a sequence without an end vanishes', `a${ESC}[31`, 'a31'],
    ['the one-byte form is read too', '\u009b31mred\u009b0m', '<span class="cr">red</span>'],
    ['what was written over is gone', 'one 10%\rone 100%\r', 'one 100%'],
    ['controls are made visible', 'a\0b\u0007c\u007fd\te', 'a␀b␇c␡d\te'],
    ['what turns the direction of reading is made visible', 'a\u202eb\u2066c', 'a⟨U+202E⟩b⟨U+2066⟩c'],
    ['what cannot be seen is made visible', 'a\u200bb\ufeffc\u2028d', 'a⟨U+200B⟩b⟨U+FEFF⟩c⟨U+2028⟩d'],
    ['marks do not pile up over other lines', `a${'\u0301'.repeat(40)}b`, `a${'\u0301'.repeat(4)}b`],
    ['pictures stay whole', '👩‍👩‍👧 ok', '👩‍👩‍👧 ok'],
    ['markup is text', '<b>&"\'`', '&lt;b&gt;&amp;&#34;&#39;&#96;'],
  ])('%s', (_, line, expected) => {
    expect(shown(line)).toEqual([expected]);
  });

  it('keeps the colour that the line before left', () => {
    expect(shown(`${ESC}[33mone`, 'two', `${ESC}[0mthree`)).toEqual([
      '<span class="cy">one</span>',
      '<span class="cy">two</span>',
      'three',
    ]);
  });

  it('of the runner itself says what it is, in words', () => {
    expect(shown('##[group]Run make', 'shell: bash', '##[endgroup]', 'out', '##[error]exit code 1')).toEqual([
      '<span class="lg">Run make</span>',
      '<span class="ld">shell: bash</span>',
      'out',
      '<span class="le">Error: exit code 1</span>',
    ]);
  });

  it('is cut visibly, and never within a character', () => {
    const [line = ''] = shown('😀'.repeat(3_000));
    expect(line).toMatch(/^(?:😀)+…$/u);
    expect(line.length).toBeLessThan(500);
  });

  it.each([`${ESC}[`, `${ESC}]`, `${ESC}[1;`, '\u009b', `${ESC} `])(
    'of a million times %j is worked through once, or it would never end',
    (part) => {
      expect(shown(part.repeat(1_000_000))).toHaveLength(1);
    },
  );
});
