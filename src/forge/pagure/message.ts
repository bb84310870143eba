/** The bytes of a message as Pagure writes them: Python's `json.dumps(message, sort_keys=True)`. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';

/** The five keys of every web-hook body (`pagure/lib/tasks_services.py`, `call_web_hooks`). */
export interface Envelope {
  readonly topic: string;
  readonly msg: JsonObject;
  /** Seconds since 1970, of sending. */
  readonly timestamp: number;
  /** `<year>-<uuid4>`. */
  readonly msgId: string;
  /** A counter of the sending process; restarts at 1. */
  readonly i: number;
}

export function envelopeBytes({ topic, msg, timestamp, msgId, i }: Envelope): Buffer {
  return Buffer.from(pagureJson({ topic, msg, timestamp, msg_id: msgId, i }), 'ascii');
}

/**
 * ASCII with `\u` escapes, keys in the order of their code points, `", "` and `": "` between. JavaScript keeps no difference
 * between 1 and 1.0: a number without a fraction is written as Python writes a whole number.
 */
export function pagureJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value === 'string') return pythonText(value);
  if (!isJsonObject(value)) return `[${value.map(pagureJson).join(', ')}]`;
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${pythonText(key)}: ${pagureJson(value[key] ?? null)}`).join(', ')}}`;
}

/** Python's `repr` of a number: plain while the decimal exponent is from -4 to 15, else `d.ddde±dd`. */
function pythonNumber(value: number): string {
  if (Number.isInteger(value) && !Object.is(value, -0)) return BigInt(value).toString();
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return Number(exponent) < -4 ? `${digits}e-${exponent.slice(1).padStart(2, '0')}` : String(value);
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Everything outside of the printable ASCII characters is escaped, DEL too; an astral character as its two halves. */
function pythonText(text: string): string {
  return `"${text.replace(/["\\]|[^ -~]/g, (unit) => SHORT_ESCAPES[unit] ?? unicodeEscape(unit))}"`;
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Python orders by code point; JavaScript's own order puts astral characters before U+E000. */
function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (char) => char.codePointAt(0) ?? 0);
  const right = Array.from(b, (char) => char.codePointAt(0) ?? 0);
  const at = left.findIndex((point, index) => point !== right[index]);
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}
