/** What a masker hides, in whatever form it comes and however it is cut. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Masker, MOST_MASK_BYTES, MOST_MASKS } from '../../src/kernel/masker.js';
import { ENCODINGS, showsAPartOf } from './mask-encodings.js';

const SECRET = `"p4ss'w<o>r&d "quoted" and/long+enough~é"`;

const maskerOf = (...values: string[]) => {
  const masker = new Masker();
  for (const value of values) masker.add(value);
  return masker;
};
const inTwo = (masker: Masker, bytes: Buffer, at: number) => {
  const stream = masker.stream();
  return Buffer.concat([stream.push(bytes.subarray(0, at)), stream.push(bytes.subarray(at)), stream.end()]).toString();
};

describe.each(Object.entries(ENCODINGS))('a value %s', (_name, encode) => {
  const text = `before ${encode(SECRET)} after`;

  it('is hidden', () => {
    const masked = maskerOf(SECRET).maskText(text);
    expect(masked).toMatch(/^before .{0,8}\*\*\*.{0,8} after$/);
    expect(showsAPartOf(encode(SECRET), masked)).toBe(false);
  });

  it('is hidden wherever a stream is cut in two', () => {
    const masker = maskerOf(SECRET);
    const bytes = Buffer.from(text);
    const whole = masker.maskText(text);
    for (let at = 0; at <= bytes.length; at++) expect(inTwo(masker, bytes, at)).toBe(whole);
  });
});

describe('a value of several lines', () => {
  const key = `-----BEGIN KEY-----\n${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0Mzg3NDM5ODc0MzI5ODcKKJ'.repeat(2)}\n{\n  "indented": true\n-----END KEY-----\n`;

  it('is hidden line by line; what is too short to tell stays', () => {
    expect(maskerOf(key).maskText(key)).toBe('***\n***\n{\n  ***\n***\n');
  });

  it.each([
    ['base64', []],
    ['base64', ['-w', '64']],
    ['base64', ['-w', '0']],
  ])('is hidden in what `%s %j` makes of it', (program, args) => {
    const encoded = execFileSync(program, args, { input: key, encoding: 'utf8' });
    const masked = maskerOf(key).maskText(encoded);
    expect(showsAPartOf(encoded.replaceAll('\n', ''), masked)).toBe(false);
  });

  it('is hidden on one line too, as JSON has it', () => {
    const text = JSON.stringify({ key });
    expect(maskerOf(key).maskText(text)).toBe('{"key":"***"}');
  });
});

describe('values that are short', () => {
  it.each(['a', 'ab', '', '   ', '\n\n', 'a\nb'])('such as %j hide nothing, and say so', (value) => {
    const masker = new Masker();
    expect([masker.add(value), masker.maskText('a ab abc    \n'), masker.values]).toEqual([
      'too-short',
      'a ab abc    \n',
      [],
    ]);
  });

  it('of three characters are hidden', () => {
    expect(maskerOf('abc').maskText('xabcabc aabcc')).toBe('x*** a***c');
  });
});

describe('what is hidden', () => {
  it('is one place where values touch or overlap', () => {
    expect(maskerOf('abcdef', 'defghi', 'xyz').maskText('abcdefghixyz xyzabcdef')).toBe('*** ***');
  });

  it('is the longest of values that begin alike', () => {
    expect(maskerOf('token', 'token-and-more').maskText('a token-and-more b token-and c')).toBe('a *** b ***-and c');
  });

  it('counts from the moment a value is added, also within a stream', () => {
    const masker = maskerOf('first-value');
    const stream = masker.stream();
    const before = stream.push(Buffer.from('first-value second-value '));
    masker.add('second-value');
    expect(String(Buffer.concat([before, stream.push(Buffer.from('second-value')), stream.end()]))).toBe(
      '*** second-value ***',
    );
  });

  it('is all of a value that is longer than what is looked for at once', () => {
    const long = Array.from({ length: 200 }, (_, i) => `part${i}`).join('-');
    expect(maskerOf(long).maskText(`<${long}>`)).toBe('<***>');
  });

  it('leaves other bytes as they are: binary, invalid UTF-8, NUL', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x28, 0x0d, 0x80]);
    const masker = maskerOf('secret-value');
    expect(masker.mask(bytes)).toBe(bytes);
    expect(masker.mask(Buffer.concat([bytes, Buffer.from('secret-value'), bytes]))).toEqual(
      Buffer.concat([bytes, Buffer.from('***'), bytes]),
    );
  });

  it('is told by its values', () => {
    const masker = maskerOf('first-value', 'second-value', 'third-value');
    expect(masker.valuesIn(`x third-value ${ENCODINGS['in a URI']?.('first-value')} ${btoa('?second-value')}`)).toEqual(
      ['first-value', 'second-value', 'third-value'],
    );
    expect(masker.valuesIn('nothing')).toEqual([]);
  });
});

describe('a masker', () => {
  it('takes so many values, of so many bytes in all', () => {
    const many = new Masker();
    for (let i = 0; i < MOST_MASKS; i++) expect(many.add(`value-${i}`)).toBe('masked');
    expect([many.add('one more'), many.add('value-7')]).toEqual(['too-many', 'masked']);
    const large = new Masker();
    expect([large.add('x'.repeat(MOST_MASK_BYTES)), large.add('abc')]).toEqual(['masked', 'too-many']);
  });

  it('hides the same as a plain search does, however the text is cut', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 3, maxLength: 9 });
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 30 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 5 }), texts, (values, pieces) => {
        const masker = maskerOf(...values);
        const stream = masker.stream();
        const streamed = [...pieces.map((piece) => stream.push(Buffer.from(piece))), stream.end()].join('');
        expect(streamed).toBe(plainly(values, pieces.join('')));
        expect(masker.maskText(pieces.join(''))).toBe(streamed);
      }),
    );
  });

  it('looks at a hostile text only a bounded number of times', () => {
    const masker = new Masker();
    for (let i = 0; i < 500; i++) masker.add(`${'a'.repeat(20 + (i % 40))}${i}`);
    const text = Buffer.alloc(200_000, 'a');
    expect(masker.mask(text)).toBe(text);
  });
});

/** Letters alone make no other form but base64, whose letters the texts do not have. */
function plainly(values: readonly string[], text: string): string {
  const hidden = Array.from(text, () => false);
  for (const value of values) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
      hidden.fill(true, at, at + value.length);
  }
  return Array.from(text, (letter, i) => (hidden[i] ? (hidden[i - 1] ? '' : '***') : letter)).join('');
}
