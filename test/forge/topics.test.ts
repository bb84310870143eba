/** Every topic of Pagure, as recorded, beside what it is taken for: one line of the table for each delivery. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readFacts } from '../../src/forge/pagure/facts.js';
import { LISTED_TOPICS } from '../../src/forge/pagure/topics.js';
import { RECORDED_INSTANCE, RECORDINGS } from './recordings.js';

interface Row {
  readonly kind: string;
  readonly action: string | null;
  readonly project: string;
  readonly ref: string | null;
  readonly commit: string | null;
  readonly pullRequest: number | null;
  readonly actor: string | null;
  /** Without the instance. */
  readonly url: string;
  readonly summary: string;
}

const file = new URL('../fixtures/facts-of-deliveries.json', import.meta.url);
const TABLE = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Row>>;

it.each(RECORDINGS.map((one) => [one.name, one] as const))('%s', (name, { message }) => {
  const { project, url, pullRequest, ...row } = TABLE[name]!;
  expect(message.msg.project_fullname).toBe(project);
  const facts = readFacts(message, { instance: RECORDED_INSTANCE, fullname: project });
  expect(facts).toMatchObject({ ...row, topic: message.topic, url: `${RECORDED_INSTANCE}${url}` });
  expect(facts.pullRequest?.number ?? null).toBe(pullRequest);
});

it('the table holds every listed topic', () => {
  const told = new Set(Object.keys(TABLE).map((name) => name.replace(/^\d+-/, '')));
  expect([...told].sort()).toEqual([...LISTED_TOPICS].sort());
});
