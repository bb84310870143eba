/** A matcher time-out (TRUST §6, §7 number 15): no regular expression of a repository holds this process up. */
import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import { RecordedLog, WORKSPACE } from '../runner/output/recorded-log.js';

const HOSTILE = ['(a+)+$', '(a|aa)+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(.*a){20}$', '(a?){80}a{80}', '(x+x+)+y'];
const LINES = ['a'.repeat(1_990) + '!', 'x'.repeat(1_990)];

/** A millisecond passes with every look at it. */
class CountedClock extends SystemClock {
  turns = 0;
  private looks = 0;

  override elapsedMs(): number {
    return this.looks++;
  }

  override nextTurn(): Promise<void> {
    this.turns++;
    return super.nextTurn();
  }
}

describe('a hostile matcher', () => {
  it.each(HOSTILE)('%s is linear, and other work has its turns between the lines', async (regexp) => {
    const matcher = { owner: 'hostile', pattern: [{ regexp: `(?:${regexp})()`, message: 0 }] };
    const clock = new CountedClock();
    const files = { [`${WORKSPACE}/m.json`]: JSON.stringify({ problemMatcher: [matcher] }) };
    const log = new RecordedLog({ files, clock });
    const printed = LINES.map((line) => `${line}\n`).join('');
    await log.print(['::add-matcher::m.json\n', printed.repeat(200)]);
    expect(log.lines.length).toBe(400);
    expect(clock.turns).toBeGreaterThan(30);
  });
});
