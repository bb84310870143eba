/** The bytes of a message are those that Pagure makes. */
import { describe, expect, it } from 'vitest';
import { envelopeBytes, pagureJson } from '../../src/forge/pagure/message.js';
import { RECORDINGS } from './recordings.js';

describe('the bytes of a message', () => {
  it.each(RECORDINGS.map((one) => [one.name, one] as const))('equal the recording %s', (_name, { body, message }) => {
    const { topic, msg, timestamp, msg_id: msgId, i } = message;
    expect(envelopeBytes({ topic, msg, timestamp, msgId, i }).equals(body)).toBe(true);
  });

  it('are the bytes of all 104 recordings', () => {
    expect(RECORDINGS).toHaveLength(104);
  });

  // Right-hand sides as Python 3 prints them.
  it.each([
    ['\u007f', '"\\u007f"'],
    ['\u001f\b\f\n\r\t/"\\', '"\\u001f\\b\\f\\n\\r\\t/\\"\\\\"'],
    ['Böb \u2028 🚀', '"B\\u00f6b \\u2028 \\ud83d\\ude80"'],
    ['\ud800', '"\\ud800"'],
    [12345678.9, '12345678.9'],
    [0.1 + 0.2, '0.30000000000000004'],
    [0.0001, '0.0001'],
    [-0.00001, '-1e-05'],
    [1.5e-7, '1.5e-07'],
    [1.5e-123, '1.5e-123'],
    [5e-324, '5e-324'],
    [-0, '-0.0'],
    [1795473550, '1795473550'],
    [-7, '-7'],
    [100000000000000000000, '100000000000000000000'],
    [[], '[]'],
    [{}, '{}'],
    [[true, false, null, [1]], '[true, false, null, [1]]'],
  ])('writes %j as Python does', (value, text) => {
    expect(pagureJson(value)).toBe(text);
  });

  it('puts keys in the order of their code points', () => {
    expect(pagureJson({ '\uffff': 1, '🚀': 2, b: [], ab: 0, a: {}, B: 3 })).toBe(
      '{"B": 3, "a": {}, "ab": 0, "b": [], "\\uffff": 1, "\\ud83d\\ude80": 2}',
    );
  });

  it('keeps a file named __proto__', () => {
    expect(pagureJson(JSON.parse('{"__proto__": "A"}'))).toBe('{"__proto__": "A"}');
  });
});
