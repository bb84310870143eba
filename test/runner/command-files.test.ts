/** Command files as hostile and clumsy steps leave them. */
import { describe, expect, it } from 'vitest';
import { byNumber, outcomes, runSteps } from './one-job.js';

describe('a summary', () => {
  it('is what the step wrote, masked, with each step its own', async () => {
    const told = await runSteps(
      '- run: printf "# Title\\nkey is ${{ secrets.KEY }}\\n" >> "$GITHUB_STEP_SUMMARY"\n- run: echo two >> "$GITHUB_STEP_SUMMARY"\n- run: echo none',
      {
        prepare: (order) => ({ ...order, secrets: { KEY: 'a-secret-value' } }),
      },
    );
    expect(byNumber(told).map(({ summary }) => summary)).toEqual(['# Title\nkey is ***\n', 'two\n', null]);
  });

  it('over 1 MiB is dropped with an error line, and the step goes on', async () => {
    const told = await runSteps(
      '- run: head -c 1048577 /dev/zero | tr "\\0" x > "$GITHUB_STEP_SUMMARY"\n- run: head -c 1048576 /dev/zero | tr "\\0" y > "$GITHUB_STEP_SUMMARY"',
    );
    expect(byNumber(told).map(({ summary, outcome }) => [summary?.length ?? null, outcome])).toEqual([
      [null, 'success'],
      [1_048_576, 'success'],
    ]);
    expect(told.log).toContain("##[error]The step's summary is longer than 1048576 bytes: it is dropped.");
  });
});

describe('command files', () => {
  it('take an output of 2 MiB, which later steps see; as outputs of the job it is too much', async () => {
    const told = await runSteps(
      '- id: big\n  run: |\n    { echo "big<<END"; head -c 2097152 /dev/zero | tr "\\0" z; echo; echo END; } >> "$GITHUB_OUTPUT"\n- env: { SIZE: "${{ steps.big.outputs.big == steps.big.outputs.BIG }}" }\n  run: echo "same $SIZE"',
      {},
      'outputs: { big: "${{ steps.big.outputs.big }}" }',
    );
    expect(told.log).toContain('same true');
    expect(outcomes(told)).toEqual(['success', 'success']);
    expect(told.result).toMatchObject({ result: 'failure', reason: expect.stringContaining('outputs') });
  });

  it.each([
    ['a link', 'ln -sf /etc/passwd "$F"'],
    ['a pipe', 'rm "$F"; mkfifo "$F"'],
    ['a folder', 'rm "$F"; mkdir "$F"'],
    ['a device', 'ln -sf /dev/zero "$F"'],
    ['nothing', 'rm "$F"'],
    ['a link to where it was', 'mv "$F" "$F-moved"; ln -s "$F-moved" "$F"'],
    ['a file that may not be read', 'chmod 0 "$F"'],
  ])('are not read, and hold nobody up, where there is %s instead', async (_what, how) => {
    const names = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];
    const told = await runSteps(
      `- run: |\n${names.map((name) => `    F="$${name}"; ${how}`).join('\n')}\n- run: echo next`,
    );
    expect(outcomes(told)).toEqual(['success', 'success']);
    expect(byNumber(told)[0]).toMatchObject({ summary: null, outputs: {} });
  });

  it.each([
    ['GITHUB_ENV', 'no sign', 'nonsense'],
    ['GITHUB_OUTPUT', 'no name', '=value'],
    ['GITHUB_ENV', 'no end', 'A<<END\nline'],
    ['GITHUB_OUTPUT', 'no delimiter', 'A<<'],
    ['GITHUB_STATE', 'no sign', 'nonsense'],
  ])('%s with %s fails its step; what stands before counts', async (name, _what, text) => {
    const told = await runSteps(
      `- run: printf '%s\\n' 'GOOD=1' '${text.replaceAll('\n', "' '")}' >> "$${name}"\n- { if: always(), run: echo "<$GOOD>" }`,
    );
    expect(byNumber(told)[0]).toMatchObject({ outcome: 'failure', reason: expect.stringContaining(name) });
    expect(told.log).toMatch(name === 'GITHUB_ENV' ? /^<1>$/m : /^<>$/m);
  });

  it('may begin with a byte order mark, and hold = and << in values', async () => {
    const told = await runSteps(
      '- run: printf "\\357\\273\\277A=x=y<<z\\nB<<E\\nC=1\\nE\\n" >> "$GITHUB_ENV"\n- run: echo "<$A> <$B> <$C>"',
    );
    expect(told.log).toMatch(/^<x=y<<z> <C=1> <>$/m);
  });

  it('are fresh for each step', async () => {
    const told = await runSteps(
      '- run: echo X=1 >> "$GITHUB_ENV"; echo "$GITHUB_ENV" > place\n- run: test ! -s "$GITHUB_ENV"; test "$GITHUB_ENV" != "$(cat place)"; echo X=2 >> "$(cat place)"\n- run: echo "X is $X"',
    );
    expect(told.log).toMatch(/^X is 1$/m);
  });
});

describe('a hostile workspace', () => {
  it('with read-only folders is deleted', async () => {
    const told = await runSteps(
      '- run: mkdir -p a/b/c; touch a/b/c/f; chmod -R a-w a; chmod 0 a/b; chmod a-w . "$RUNNER_TEMP" "$HOME"',
    );
    expect([told.result.result, told.leftFolders]).toEqual(['success', []]);
  });
});
