/** JavaScript actions of the repository: main and post. */
import { describe, expect, it } from 'vitest';
import { nodeFor } from '../../src/runner/actions/nodes.js';
import { byNumber, outcomes, runSteps } from './one-job.js';

const yml = (more = '') =>
  `name: JS\ninputs: { who: { default: nobody }, my input: {}, with-hyphen: { default: h } }\nruns: { using: node20, main: main.js${more} }\n`;
const js = (name: string, main: string, post?: string, more = '') => ({
  [`${name}/action.yml`]: yml(post === undefined ? more : `, post: post.js${more}`),
  [`${name}/main.js`]: main,
  ...(post === undefined ? {} : { [`${name}/post.js`]: post }),
});

const SAVE = `const fs = require('fs'); const { EOL } = require('os');\nfs.appendFileSync(process.env.GITHUB_STATE, 'mark=' + process.env.INPUT_WHO + EOL);`;

describe('a JavaScript action', () => {
  it('runs in the workspace with its inputs, and gives outputs and variables', async () => {
    const main = `
const fs = require('fs');
const names = Object.keys(process.env).filter((name) => name.startsWith('INPUT_')).sort();
console.log(names.map((name) => name + '=' + process.env[name]).join(' '));
console.log(process.cwd() === process.env.GITHUB_WORKSPACE, process.env.GITHUB_ACTION_PATH === __dirname);
fs.appendFileSync(process.env.GITHUB_OUTPUT, 'greeting<<END\\nhello\\nEND\\n');
fs.appendFileSync(process.env.GITHUB_ENV, 'FROM_JS=yes\\n');`;
    const told = await runSteps(
      '- { id: a, uses: ./a, with: { Who: Ada, my input: x } }\n- run: echo "<${{ steps.a.outputs.greeting }}> <$FROM_JS> <$INPUT_WHO>"',
      {
        files: js('a', main),
      },
    );
    expect(told.log).toMatch(/^INPUT_MY_INPUT=x INPUT_WHO=Ada INPUT_WITH-HYPHEN=h$/m);
    expect(told.log).toMatch(/^true true$/m);
    expect(told.log).toContain('<hello> <yes> <>');
  });

  it('fails its step by its exit code, and by a file that is not there', async () => {
    const told = await runSteps('- uses: ./a\n- { uses: ./b, if: always() }', {
      files: { ...js('a', 'process.exit(3)'), 'b/action.yml': yml() },
    });
    expect(byNumber(told).map(({ outcome, exitCode }) => [outcome, exitCode])).toEqual([
      ['failure', 3],
      ['failure', 1],
    ]);
  });

  it('may lie elsewhere in the workspace, and not outside', async () => {
    const told = await runSteps('- uses: ./a\n- uses: ./b', {
      files: {
        'a/action.yml': 'runs: { using: node24, main: ../dist/index.js }',
        'dist/index.js': 'console.log("from dist")',
        'b/action.yml': 'runs: { using: node20, main: ../../../etc/passwd }',
      },
    });
    expect(told.log).toMatch(/^from dist$/m);
    expect(byNumber(told)[1]?.reason).toContain('does not lie in the workspace');
  });

  it('whose pre is not run says so', async () => {
    const told = await runSteps('- uses: ./a', { files: js('a', 'console.log("main")', undefined, ', pre: pre.js') });
    expect(told.log).toContain('##[warning]The `pre` of an action in the repository is not run.');
    expect(outcomes(told)).toEqual(['success']);
  });

  it('is given inputs that nobody declared, with a warning', async () => {
    const told = await runSteps('- { uses: ./a, with: { odd: 1 } }', {
      files: js('a', 'console.log(process.env.INPUT_ODD)'),
    });
    expect(told.log).toMatch(
      /^##\[warning\]Unexpected inputs: odd; the action has: who, my input, with-hyphen$[^]*^1$/m,
    );
  });
});

describe('post', () => {
  const post = 'console.log("post of", process.env.INPUT_WHO, process.env.STATE_mark, process.env.LATE)';

  it('runs at the end in reverse order, with inputs and saved state', async () => {
    const told = await runSteps(
      '- { uses: ./a, with: { who: one } }\n- { name: two, uses: ./a, with: { who: two } }\n- run: echo LATE=late >> "$GITHUB_ENV"; echo last step',
      { files: js('a', SAVE, post) },
    );
    expect(told.log).toMatch(/^last step$[^]*^post of two two late$[^]*^post of one one late$/m);
    expect(
      byNumber(told)
        .map(({ name }) => name)
        .slice(3),
    ).toEqual(['Post two', 'Post Run ./a']);
    expect(told.started.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(told.result.result).toBe('success');
  });

  it('runs also after a failure, but not for an action that was never reached', async () => {
    const told = await runSteps('- { uses: ./a, with: { who: one } }\n- { uses: ./b }', {
      files: { ...js('a', `${SAVE}; process.exit(1)`, post), ...js('b', SAVE, 'console.log("no")') },
    });
    expect(told.log).toMatch(/^post of one one/m);
    expect(outcomes(told)).toEqual(['failure', 'skipped', 'success']);
  });

  it('that fails fails the job, and the others still run', async () => {
    const told = await runSteps('- { uses: ./a, with: { who: one } }\n- uses: ./b', {
      files: { ...js('a', SAVE, post), ...js('b', '', 'process.exit(4)') },
    });
    expect(outcomes(told)).toEqual(['success', 'success', 'failure', 'success']);
    expect(told.result).toMatchObject({ result: 'failure', reason: 'Post Run ./b: exit code 4' });
  });

  it('has its condition, always() by default', async () => {
    const told = await runSteps('- uses: ./a\n- uses: ./b\n- uses: ./c\n- run: exit 1', {
      files: {
        ...js('a', '', 'console.log("post a")', ', post-if: failure()'),
        ...js('b', '', 'console.log("post b")', ', post-if: success()'),
        ...js('c', '', 'console.log("post c")'),
      },
    });
    expect(told.log).toMatch(/^post c$[^]*^post a$/m);
    expect(told.log).not.toMatch(/^post b$/m);
    expect(outcomes(told)).toEqual(['success', 'success', 'success', 'failure', 'success', 'skipped', 'success']);
  });

  it('runs after a cancel', async () => {
    const told = await runSteps('- { uses: ./a, with: { who: one } }\n- run: echo ready; sleep 60', {
      files: js('a', SAVE, post),
      onLog: (log, cancel) => /^ready$/m.test(log) && cancel('by alice'),
    });
    expect(told.log).toMatch(/^post of one one/m);
    expect(told.result.result).toBe('canceled');
  });

  it('of an action inside a composite one runs at the end of the job', async () => {
    const told = await runSteps(
      '- { uses: ./c, with: { name: deep } }\n- { uses: ./a, with: { who: flat } }\n- run: echo last step',
      {
        files: {
          ...js('a', SAVE, post),
          'c/action.yml':
            'inputs: { name: {} }\nruns:\n  using: composite\n  steps: [{ uses: ./a, with: { who: "${{ inputs.name }}" } }]\n',
        },
      },
    );
    expect(told.log).toMatch(/^last step$[^]*^post of flat flat[^]*^post of deep deep/m);
  });
});

describe('the Node of an action', () => {
  const configured = { node20: '/20', node24: '/24' };

  it.each([
    ['node20', '/20'],
    ['node24', '/24'],
    ['node12', '/20'],
    ['node22', '/24'],
    ['node99', '/24'],
  ])('for %s is the nearest that is configured', (using, path) => {
    expect(nodeFor(using, { own: '/own', configured })).toBe(path);
  });

  it('is the one that runs the program where none is configured', () => {
    expect(nodeFor('node24', { own: '/own', configured: {} })).toBe('/own');
  });
});
