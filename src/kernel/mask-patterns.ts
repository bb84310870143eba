/** In which forms a value that must not be seen may turn up in what a job prints. Pure. */
import { Buffer } from 'node:buffer';
import { plainForms } from './mask-forms.js';

/** Shorter values, and shorter forms of them, stand everywhere: to mask them would hide a log and keep no secret. */
export const LEAST_MASKED = 3;

/** A longer form is looked for in overlapping pieces of so many bytes, so that looking costs the same for any length. */
export const PIECE_BYTES = 64;

/** `base64` breaks its lines after 76 characters, `openssl` after 64. */
const WRAPPED_AT = [76, 64];

/** What is left on the last line of a wrapped form must be this long to be told from other text. */
const LEAST_WRAPPED = 8;

/**
 * Every form of a value, its lines included, as bytes of `LEAST_MASKED` to `PIECE_BYTES`, none with the end of a line in it: a
 * value of several lines is printed line by line.
 */
export function maskPatterns(value: string): readonly Buffer[] {
  const wellFormed = Buffer.from(value).toString();
  const texts = new Set([wellFormed, ...linesOf(wellFormed)]);
  const forms = new Set([...texts].flatMap(formsOf));
  const lines = new Set([...forms].flatMap(linesOf));
  return [...lines].flatMap((line) => pieces(Buffer.from(line)));
}

/** Does it hold a line that can be masked? */
export function isMaskable(value: string): boolean {
  return linesOf(value).some((line) => line.trim().length >= LEAST_MASKED);
}

/** Indentation changes when a text of several lines is printed again, so it does not count there. */
function linesOf(text: string): readonly string[] {
  if (!/[\r\n]/.test(text)) return text.trim().length < LEAST_MASKED ? [] : [text];
  const lines = text.split(/[\r\n]+/);
  return lines.map((line) => line.trim()).filter((line) => line.length >= LEAST_MASKED);
}

function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const whole = bytes.toString('base64');
  const inner = [...insideBase64(bytes), ...(whole.length > LEAST_WRAPPED ? [whole] : [])];
  const twice = inner.flatMap((form) => insideBase64(Buffer.from(form)));
  const encoded = [whole.replace(/=+$/, ''), ...inner, ...twice, ...wrapped(bytes)];
  return [...plainForms(text), ...encoded, ...encoded.map(urlSafe)];
}

/**
 * The characters that stand for `bytes` alone, wherever they lie in a longer text that is encoded as one: after 0, 1 or 2
 * bytes of a group of three. The first and the last character may hold bits of what is around, and then are left out.
 */
function insideBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return shifted.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
}

/** The lines of what is encoded by itself, with and without the newline that `echo` adds. */
function wrapped(bytes: Buffer): readonly string[] {
  const encoded = [bytes, Buffer.concat([bytes, Buffer.from('\n')])].map((each) => each.toString('base64'));
  return WRAPPED_AT.flatMap((width) => encoded.flatMap((text) => wrap(text, width)));
}

function wrap(text: string, width: number): readonly string[] {
  if (text.length <= width) return [];
  const lines = Array.from({ length: Math.ceil(text.length / width) }, (_, i) =>
    text.slice(i * width, (i + 1) * width),
  );
  return lines.filter((line) => line.length >= LEAST_WRAPPED);
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

function pieces(bytes: Buffer): readonly Buffer[] {
  if (bytes.length <= PIECE_BYTES) return [bytes];
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  const starts = Array.from({ length: count }, (_, i) => Math.min(i * PIECE_BYTES, bytes.length - PIECE_BYTES));
  return starts.map((start) => bytes.subarray(start, start + PIECE_BYTES));
}
