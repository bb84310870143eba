/**
 * Expression injection (nx GHSA-cxm3-wv7p-598c, TRUST.md §7.5): a title became part of a script. Here 200 hostile titles stand in
 * every place of a workflow where text can stand, and real shells run what becomes of it: no canary file.
 */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../process/starters.js';
import { byNumber, outcomes, runSteps } from '../runner/one-job.js';

const canary = `${scratchFolder()}/pwned`;

const OPENINGS = [
  '',
  '"; ',
  "'; ",
  '; ',
  '\n',
  '"\n',
  "'\n",
  '\r\n',
  '&& ',
  '|| ',
  '| ',
  '& ',
  ')"; ',
  '")"; ',
  '}; ',
  "\\'; ",
  '\\"; ',
  "$'\\n'",
  'x\nEOF\n',
  '#\n',
  '%0A',
];
const PAYLOADS = [
  `touch ${canary}`,
  `touch ${canary}; "`,
  `touch ${canary}; '`,
  `touch ${canary} #`,
  `$(touch ${canary})`,
  `\`touch ${canary}\``,
  `\${x:-$(touch ${canary})}`,
  `a[$(touch ${canary})]`,
  `<(touch ${canary})`,
  `$((x[$(touch ${canary})]))`,
];
const TITLES = OPENINGS.flatMap((opening) => PAYLOADS.map((payload) => `${opening}${payload}`)).slice(0, 205);

const event = { titles: TITLES, pull_request: { title: TITLES.join(' ') } };

const TITLE = /TITLE/g;

/** One line per title, with the title in that place of the line. */
function linesWith(place: string): string {
  return TITLES.map((_, at) => place.replace(TITLE, `\${{ github.event.titles[${at}] }}`)).join('\n');
}

function scriptStep(place: string, shell = 'bash {0}'): string {
  return `- continue-on-error: true\n  shell: ${shell}\n  run: |\n${linesWith(place).replace(/^/gm, '    ')}\n    echo "ran to its end"`;
}

/** Where quoting is certain: the script runs whole. */
const TAKEN = [
  'echo TITLE',
  'echo "TITLE"',
  "echo 'TITLE'",
  `echo x-TITLE-y "a TITLE b" 'c TITLE'`,
  'T="TITLE"; echo "$T"',
  'T=TITLE; echo "$T"',
  'export T="TITLE"',
  'echo "$(echo "TITLE")"',
  'if [ "TITLE" = x ]; then echo "TITLE"; fi',
  'for x in "TITLE"; do echo "$x"; done',
  'case "TITLE" in a) ;; *) echo "TITLE" ;; esac',
  'f() { echo "TITLE"; }; f',
  'echo "TITLE" > /dev/null',
  '(echo "TITLE") | cat',
  '[[ "TITLE" == a* ]] && echo yes',
];

/** Where nobody could say: the step fails, and nothing of it runs. */
const REFUSED = [
  'bash -c "echo TITLE"',
  'eval "echo TITLE"',
  'echo $((1 + TITLE))',
  'echo "TITLE" | bash',
  "echo $'TITLE'",
  'echo `echo TITLE`',
  'TITLE',
];

const options = { event, logBytes: 64 * 1024 * 1024 };

describe('TRUST 7.5: no hostile text becomes code', () => {
  it('there are 200 of them', () => {
    expect(new Set(TITLES).size).toBeGreaterThanOrEqual(200);
  });

  it.each(TAKEN)('in a script of bash, which runs whole: %s', async (place) => {
    const told = await runSteps(scriptStep(place), options);
    expect(existsSync(canary)).toBe(false);
    expect([outcomes(told), byNumber(told)[0]?.reason]).toEqual([['success'], null]);
    expect(told.log).toMatch(/^ran to its end$/m);
  });

  it.each(REFUSED)('in a script of bash, which is refused: %s', async (place) => {
    const told = await runSteps(scriptStep(place), options);
    expect(existsSync(canary)).toBe(false);
    expect(byNumber(told)[0]).toMatchObject({
      outcome: 'failure',
      reason: expect.stringContaining('holds text from outside'),
    });
  });

  it('in scripts of sh, and of what is no shell', async () => {
    const steps = [
      scriptStep('echo "TITLE"', 'sh {0}'),
      scriptStep('echo TITLE', 'sh'),
      scriptStep('print("TITLE")', 'python'),
      scriptStep('TITLE', 'perl {0}'),
      scriptStep('TITLE', 'pwsh'),
    ];
    const told = await runSteps(steps.join('\n'), options);
    expect(existsSync(canary)).toBe(false);
    expect(outcomes(told)).toEqual(['success', 'success', 'failure', 'failure', 'failure']);
  });

  it('in here-documents of any kind', async () => {
    const document = (mark: string, end: string) =>
      `- continue-on-error: true\n  run: |\n    cat <<${mark}\n${linesWith('TITLE').replace(/^/gm, '    ')}\n    ${end}\n    echo after`;
    const told = await runSteps([document('END', 'END'), document("'END'", 'END')].join('\n'), options);
    expect(existsSync(canary)).toBe(false);
    expect(outcomes(told)[0]).toBe('success');
    expect(told.log).toMatch(/^after$/m);
  });

  it('in every other key of a step', async () => {
    const all = (key: string) => TITLES.map((_, at) => `${key}${at}: "\${{ github.event.titles[${at}] }}"`).join(', ');
    const name = '${{ github.event.pull_request.title }}';
    const told = await runSteps(
      `
- uses: actions/checkout@v4
- { name: "${name}", run: echo named }
- { env: { ${all('V')} }, run: env > /dev/null; echo "$V3" }
- { if: "github.event.titles[1] != ''", run: echo yes }
- { continue-on-error: true, working-directory: "${name}", run: echo no }
- { continue-on-error: true, working-directory: "./\${{ github.event.titles[4] }}", run: echo no }
- { continue-on-error: true, shell: "${name} {0}", run: echo no }
- { continue-on-error: true, shell: "bash -c '${name}' {0}", run: echo no }
- { uses: ./js, with: { ${all('i')} } }
- { uses: ./composite, with: { text: "${name}" } }
- { uses: actions/checkout@v4, with: { path: "${name}" }, continue-on-error: true }
- { uses: actions/setup-node@v4, with: { node-version: "${name}" }, continue-on-error: true }
- { env: { H: "\${{ hashFiles(github.event.titles[2], github.event.pull_request.title) }}" }, run: echo "<$H>" }
- { background: true, run: 'echo "${name}"' }
- { parallel: [{ run: 'echo "${name}"' }] }`,
      {
        ...options,
        files: {
          'js/action.yml': 'runs: { using: node20, main: main.js, post: main.js }',
          'js/main.js': 'require("child_process").execFileSync("env", { stdio: "ignore" });',
          'composite/action.yml':
            'inputs: { text: {} }\noutputs: { out: { value: "${{ inputs.text }}" } }\nruns:\n  using: composite\n  steps: [{ shell: bash, run: "echo \\"${{ inputs.text }}\\"", env: { T: "${{ inputs.text }}" } }]\n',
        },
      },
      `outputs: { given: "${name}" }`,
    );
    expect(existsSync(canary)).toBe(false);
    expect(told.result.reason).toBeNull();
  });

  it('handed on by outputs, variables and command files', async () => {
    const told = await runSteps(
      `
- { id: a, env: { T: "\${{ github.event.pull_request.title }}" }, run: "printf 'out<<END-OF-IT\\n%s\\nEND-OF-IT\\n' \\"$T\\" | tee -a \\"$GITHUB_OUTPUT\\" >> \\"$GITHUB_ENV\\"" }
- { run: 'echo "\${{ steps.a.outputs.out }}" "\${{ env.out }}"' }
- { run: "echo \${{ steps.a.outputs.out }}" }
- { continue-on-error: true, run: 'echo "t=\${{ github.event.pull_request.title }}" >> "$GITHUB_ENV"' }
- { run: 'echo "<$t>"' }`,
      options,
    );
    expect(existsSync(canary)).toBe(false);
    expect(outcomes(told)).toEqual(['success', 'success', 'success', 'failure', 'success']);
    expect(told.log).toMatch(/^<>$/m);
  });

  it('a pull-request titled `"; touch pwned; "` does nothing', async () => {
    const title = `"; touch ${canary}; "`;
    const told = await runSteps('- run: echo "${{ github.event.pull_request.title }}"', {
      event: { pull_request: { title } },
    });
    expect([existsSync(canary), told.result.result]).toEqual([false, 'success']);
    expect(told.log).toContain(`\n${title}\n`);
  });

  it('the canary sings where text is pasted as GitHub pastes it', async () => {
    const mark = `${canary}-pasted`;
    await runSteps('- run: echo "${{ github.event.pull_request.title }}"', {
      event: { pull_request: { title: `"; touch ${mark}; "` } },
      prepare: (order) => ({ ...order, outsideText: 'pasted' }),
    });
    expect(existsSync(mark)).toBe(true);
  });
});
