/** Messages that no Pagure sends: recorded ones with values replaced by anything. */
import fc from 'fast-check';
import { isJsonObject, type Json, type JsonObject } from '../../src/kernel/json.js';
import { LISTED_TOPICS } from '../../src/forge/pagure/topics.js';
import { RECORDINGS } from './recordings.js';

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary' }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(
    '\ud800',
    '\u202e',
    '\u0000',
    '__proto__',
    '^',
    -1,
    1e308,
    2 ** 53,
    '🚀'.repeat(400),
    '../..',
    {},
    [],
  ),
);

/** A message of any topic: a recorded one of which some values, at any depth, are others. */
export const hostileMessage = fc
  .record({
    topic: fc.oneof(fc.constantFrom(...LISTED_TOPICS), fc.string()),
    msg: fc.constantFrom(...RECORDINGS.map(({ message }) => message.msg as JsonObject)),
    others: fc.array(value, { minLength: 1, maxLength: 5 }),
    every: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ topic, msg, others, every }) => ({ topic, msg: spoil(msg, others, every) }));

function spoil(msg: JsonObject, others: readonly Json[], every: number): JsonObject {
  let count = 0;
  const walk = (at: Json): Json => {
    count += 1;
    if (count > 1 && count % every === 0) return others[count % others.length] ?? null;
    if (Array.isArray(at)) return at.map(walk);
    return isJsonObject(at) ? Object.fromEntries(Object.entries(at).map(([key, inner]) => [key, walk(inner)])) : at;
  };
  return walk(msg) as JsonObject;
}
