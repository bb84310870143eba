/** What becomes of the bytes that a step prints. */
import { describe, expect, it } from 'vitest';
import { ENCODINGS, showsAPartOf } from '../../kernel/mask-encodings.js';
import { RecordedLog } from './recorded-log.js';

const SECRET = `correct'horse "battery" & <staple>/1234`;

describe('a secret that a step prints', () => {
  it.each(Object.entries(ENCODINGS))('%s is masked wherever the output is cut in two', async (_name, encode) => {
    const line = Buffer.from(`before ${encode(SECRET)} after\n`);
    const texts = new Set<string>();
    for (let at = 0; at <= line.length; at++) {
      const log = new RecordedLog({ secrets: { KEY: SECRET } });
      await log.print([line.subarray(0, at), line.subarray(at)]);
      texts.add(log.text);
    }
    expect([...texts]).toEqual([expect.stringMatching(/^before .{0,8}\*\*\*.{0,8} after\n$/)]);
    expect(showsAPartOf(encode(SECRET), [...texts].join())).toBe(false);
  });

  it('is masked in a line of 100 MB too, wherever that is cut', async () => {
    const piece = Buffer.concat([Buffer.alloc(99_991, 'x'), Buffer.from(SECRET.slice(0, 9))]);
    const rest = Buffer.from(SECRET.slice(9));
    let bytes = 0;
    let most = 0;
    const log = new RecordedLog({
      secrets: { KEY: SECRET },
      onLog: async (parts) => {
        for (const part of parts) {
          bytes += part.bytes.length;
          most = Math.max(most, part.bytes.length);
          expect(part.bytes.includes(SECRET)).toBe(false);
        }
        log.parts.length = 0;
      },
    });
    const output = log.log.step({ number: 1, env: {}, commands: 'obey' });
    for (let i = 0; i < 1_000; i++) {
      await output.write(piece, 'stdout');
      await output.write(rest, 'stdout');
    }
    await output.end();
    expect(bytes).toBe(1_000 * (99_991 + 3) + 1);
    expect(most).toBeLessThan(300_000);
  });

  it('is masked in what was handed on by jobs before this one', async () => {
    const log = new RecordedLog({ masks: ['handed-on'] });
    await log.print(['x handed-on y\n']);
    expect(log.text).toBe('x *** y\n');
  });

  it('does not hide the words that turn debugging on', async () => {
    const log = new RecordedLog({ secrets: { ACTIONS_STEP_DEBUG: 'true' } });
    await log.print(['true\n::debug::seen\n']);
    expect(log.text).toBe('true\n##[debug]seen\n');
  });
});

describe('ordinary output', () => {
  it.each([
    ['binary', Buffer.from([0, 1, 2, 255, 254, 10])],
    ['invalid UTF-8', Buffer.from([0xc3, 0x28, 0x80, 10])],
    ['bars that go back with a carriage return', Buffer.from('10%\r50%\r100%\r\ndone\r\n')],
    ['colons and brackets that are no command', Buffer.from('a::b\nstd::vector ::\n##[nothing]x\n::unknown::y\n#[\n')],
    ['empty lines', Buffer.from('\n\n\n')],
  ])('stays as it is: %s', async (_what, bytes) => {
    const log = new RecordedLog({ secrets: { KEY: SECRET } });
    for (let at = 0; at <= bytes.length; at++) {
      log.parts.length = 0;
      await log.print([bytes.subarray(0, at), bytes.subarray(at)]);
      expect(Buffer.concat(log.parts.map((part) => part.bytes))).toEqual(bytes);
    }
  });

  it('ends with a newline', async () => {
    const log = new RecordedLog();
    await log.print(['no end']);
    expect(log.text).toBe('no end\n');
  });

  it('of several steps, and of two streams, never mixes lines', async () => {
    const log = new RecordedLog();
    const [one, two] = [1, 2].map((number) => log.log.step({ number, env: {}, commands: 'obey' }));
    await one?.write(Buffer.from('one be'), 'stdout');
    await two?.write(Buffer.from('two be'), 'stdout');
    await one?.write(Buffer.from('err'), 'stderr');
    await one?.write(Buffer.from('gins\none more'), 'stdout');
    await two?.write(Buffer.from('gins\n'), 'stdout');
    await one?.write(Buffer.from('or\n'), 'stderr');
    await Promise.all([one?.end(), two?.end()]);
    expect(log.parts.map(({ step, bytes }) => [step, bytes.toString()])).toEqual([
      [1, 'one begins\n'],
      [2, 'two begins\n'],
      [1, 'error\n'],
      [1, 'one more\n'],
    ]);
  });
});

describe('groups', () => {
  it('are numbered through the job; heading and end belong to them', async () => {
    const log = new RecordedLog();
    await log.log.say(['##[group]Run x', 'x', '##[endgroup]'], 1);
    await log.print(['a\n::group::First\nb\n::group::Second\nc\n::endgroup::\nd\n']);
    expect(log.lines).toEqual([
      ['##[group]Run x', 'group', 1],
      ['x', 'text', 1],
      ['##[endgroup]', 'endgroup', 1],
      ['a', 'text', 0],
      ['##[group]First', 'group', 2],
      ['b', 'text', 2],
      ['##[group]Second', 'group', 3],
      ['c', 'text', 3],
      ['##[endgroup]', 'endgroup', 3],
      ['d', 'text', 0],
    ]);
  });

  it('may be ten thousand', async () => {
    const log = new RecordedLog();
    await log.print([Array.from({ length: 10_000 }, (_, i) => `::group::g${i}\nx\n::endgroup::\n`).join('')]);
    expect(log.lines.length).toBe(30_000);
    expect(log.lines.at(-2)).toEqual(['x', 'text', 10_000]);
  });
});

describe('log commands', () => {
  it('show and keep what they point out, with its place', async () => {
    const log = new RecordedLog({ secrets: { KEY: SECRET } });
    const { annotations } = await log.print([
      `::error file=/work/space/src/a.js,line=3,endLine=4,col=5,endColumn=6,title=Bad::no ${SECRET}\n::warning::w\n::notice line=x::n\n`,
    ]);
    expect(log.text).toBe('##[error]no ***\n##[warning]w\n##[notice]n\n');
    const nowhere = { title: null, file: null, line: null, endLine: null, column: null, endColumn: null };
    expect(annotations).toEqual([
      {
        level: 'error',
        message: 'no ***',
        title: 'Bad',
        file: 'src/a.js',
        line: 3,
        endLine: 4,
        column: 5,
        endColumn: 6,
      },
      { ...nowhere, level: 'warning', message: 'w' },
      { ...nowhere, level: 'notice', message: 'n' },
    ]);
  });

  it('keep a thousand annotations of a job and count the others', async () => {
    const log = new RecordedLog();
    const first = await log.print(['::notice::x\n'.repeat(900)]);
    const second = await log.print(['::error::x\n'.repeat(102)]);
    expect([first.annotations.length, second.annotations.length]).toEqual([900, 100]);
    expect(log.lines.at(-1)?.[0]).toBe('##[warning]2 more annotations are not kept: a job may have 1000.');
  });

  it('show debug lines only when somebody asked for them', async () => {
    const quiet = new RecordedLog();
    await quiet.print(['::debug::x\n']);
    const loud = new RecordedLog({ vars: { ACTIONS_STEP_DEBUG: 'true' } });
    await loud.print(['::debug::x\n']);
    expect([quiet.text, loud.lines]).toEqual(['', [['##[debug]x', 'debug', 0]]]);
  });

  it('mask from their line on, each line of a value too, and show the value nowhere', async () => {
    const log = new RecordedLog({ vars: { ACTIONS_STEP_DEBUG: 'true' } });
    await log.print([
      'new-value\n::add-mask::new-value\nnew-value\n::add-mask::line one%0Aline two\nline two, line one\n',
    ]);
    expect(log.text).toBe('new-value\n::add-mask::***\n***\n::add-mask::***\n***, ***\n');
  });

  it('warn of masks that are too short or empty', async () => {
    const log = new RecordedLog();
    const { faults } = await log.print(['::add-mask::a\n::add-mask::\nbanana\n']);
    expect(log.lines.map(([line, level]) => [level, line.includes('banana')])).toEqual([
      ['warning', false],
      ['warning', false],
      ['text', true],
    ]);
    expect(faults).toEqual([]);
  });

  it('fail the step with one mask more than a job may have', async () => {
    const log = new RecordedLog();
    const masks = Array.from({ length: 1_001 }, (_, i) => `::add-mask::value-${i}\n`);
    expect((await log.print(masks)).faults).toEqual([expect.stringContaining("the command 'add-mask'")]);
  });

  it('stop and go on by a token of their own', async () => {
    const log = new RecordedLog();
    const { annotations, faults } = await log.print([
      '::stop-commands::t0k3n\n::error::no\n::endgroup::\n::T0k3n::\n::error::yes\n',
    ]);
    expect([annotations.map(({ message }) => message), faults]).toEqual([['yes'], []]);
    expect(log.text).toBe('::stop-commands::t0k3n\n::error::no\n::endgroup::\n::T0k3n::\n##[error]yes\n');
  });

  it.each(['', 'error', 'ADD-MASK', 'two words', 'pause-logging'])('refuse %j as a token', async (token) => {
    const { annotations, faults } = await new RecordedLog().print([`::stop-commands::${token}\n::error::yes\n`]);
    expect([annotations.length, faults]).toEqual([2, [expect.stringContaining('stop-commands')]]);
  });

  it('are shown as they are after `echo on`', async () => {
    const log = new RecordedLog();
    const { faults } = await log.print([
      '::echo::on\n::set-output name=a::b\n::echo::off\n::set-output name=c::d\n::echo::loud\n',
    ]);
    expect(log.text).toMatch(/^::set-output name=a::b\n::echo::off\n##\[error\]the command 'echo'/);
    expect(faults).toEqual([expect.stringContaining("'on' or 'off'")]);
  });

  it('set outputs and state in the old way', async () => {
    const { outputs, state, faults } = await new RecordedLog().print([
      '::set-output name=a::1%0A2\n##[save-state name=s]3\n::set-output::x\n',
    ]);
    expect([outputs, state, faults.length]).toEqual([[['a', '1\n2']], [['s', '3']], 1]);
  });

  it.each(['set-env name=A::1', 'add-path::/x'])('fail the step by ::%s', async (command) => {
    const refused = await new RecordedLog().print([`::${command}\n`]);
    expect([refused.faults, refused.env, refused.paths]).toEqual([[expect.stringContaining('disabled')], [], []]);
    const allowed = await new RecordedLog().print([`::${command}\n`], { ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true' });
    expect([allowed.faults, allowed.env.length + allowed.paths.length]).toEqual([[], 1]);
  });

  it('may come on stderr, indented, in capitals, at the end without a newline, and with CRLF', async () => {
    const log = new RecordedLog();
    const output = log.log.step({ number: 1, env: {}, commands: 'obey' });
    await output.write(Buffer.from('\t ::WARNING::one\r\n::notice::two'), 'stderr');
    expect((await output.end()).annotations.map(({ message }) => message)).toEqual(['one', 'two']);
  });

  it('are found wherever the output is cut', async () => {
    const bytes = Buffer.from('text\n  ::error::a::b\nmore ##[warning]c\n');
    for (let at = 0; at <= bytes.length; at++) {
      const log = new RecordedLog();
      await log.print([bytes.subarray(0, at), bytes.subarray(at)]);
      expect(log.text).toBe('text\n##[error]a::b\n##[warning]c\n');
    }
  });

  it('may be long, but not without end', async () => {
    const log = new RecordedLog();
    const value = 'v'.repeat(1_000_000);
    const flood = Buffer.alloc(1024 * 1024, 's');
    const { outputs, faults } = await log.print([
      `::set-output name=a::${value}\n`,
      '::add-mask::',
      ...Array.from({ length: 5 }, () => flood),
      '\nafter\n',
    ]);
    expect([outputs[0]?.[1] === value, faults]).toEqual([true, ['a log command is too long']]);
    expect(log.text).toBe('##[error]A log command is too long: it is dropped.\nafter\n');
  });

  it('of programs that are ours are text', async () => {
    const log = new RecordedLog();
    const output = log.log.step({ number: 0, env: {}, commands: 'ignore' });
    await output.write(Buffer.from('::error::x\nHEAD is now at ##[set-env name=A]b\n'), 'stdout');
    expect([(await output.end()).faults, log.parts.map(({ level }) => level)]).toEqual([[], ['text']]);
  });
});

describe('a link that is slow', () => {
  it('holds the output back, and no more than a little waits', async () => {
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const log = new RecordedLog({ onLog: () => held });
    const output = log.log.step({ number: 1, env: {}, commands: 'obey' });
    const chunk = Buffer.alloc(64 * 1024, 'line of text\n');
    let written = 0;
    let pending: void | Promise<void> = undefined;
    while (pending === undefined && written < 100) {
      pending = output.write(chunk, 'stdout');
      written++;
      await Promise.resolve();
    }
    expect(written).toBeLessThan(10);
    release();
    await pending;
    await output.end();
    expect(log.text.length - written * chunk.length).toBeLessThanOrEqual(1);
  });
});

describe('the limit of a log', () => {
  it('is closed with a line; commands count on', async () => {
    const log = new RecordedLog({ logBytes: 1_000 });
    const { outputs } = await log.print([
      'x'.repeat(99) + '\n',
      `${'y'.repeat(99)}\n`.repeat(20),
      '::set-output name=a::b\n',
    ]);
    expect(Buffer.byteLength(log.text)).toBeLessThanOrEqual(1_000);
    expect(log.text).toMatch(/\n##\[error\]The log of this job is longer than 1000 bytes: the rest is dropped\.\n$/);
    expect(outputs).toEqual([['a', 'b']]);
  });
});
