/** hashFiles in steps: computed in the executor, over the workspace as it is when the step is evaluated. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { byNumber, outcomes, runSteps } from './one-job.js';

/** As GitHub computes it: the contents in the order of their paths. */
function hashOf(...contents: readonly string[]): string {
  const sum = createHash('sha256');
  for (const content of contents) sum.update(createHash('sha256').update(content).digest());
  return sum.digest('hex');
}

const FILES = {
  'package-lock.json': 'root',
  'a/package-lock.json': 'in a',
  'a/b/package-lock.json': 'in b',
  'a/.hidden/x.lock': 'hidden',
  'a-z/one.txt': 'one',
  'lib/foo/x.rb': 'foo x',
  'lib/bar/y.rb': 'bar y',
  'lib/z.rb': 'z',
  '[odd].txt': 'odd',
};

/** The lines that steps with these arguments print. */
async function hashes(calls: readonly string[], before = ''): Promise<readonly (string | undefined)[]> {
  const steps = calls.map((call, at) => `- run: echo "hash ${at} <\${{ hashFiles(${call}) }}>"`);
  const told = await runSteps(`${before}\n${steps.join('\n')}`, { files: FILES });
  expect(told.result).toMatchObject({ result: 'success' });
  return calls.map((_, at) => new RegExp(`^hash ${at} <(.*)>$`, 'm').exec(told.log)?.[1]);
}

describe('hashFiles', () => {
  it('hashes what matches, in the order of the paths', async () => {
    expect(
      await hashes([
        "'package-lock.json'",
        "'**/package-lock.json'",
        "'**/package-lock.json', '!a/b/**'",
        "'lib/**/*.rb', '!lib/foo/*.rb'",
        "'lib'",
        "'**/*.lock'",
        "'a?z/o[a-n]e.txt', '\\\\[odd].txt'",
        "'./lib/z.rb'",
        "format('{0}/lib/z.rb', github.workspace)",
      ]),
    ).toEqual([
      hashOf('root'),
      hashOf('in b', 'in a', 'root'),
      hashOf('in a', 'root'),
      hashOf('bar y', 'z'),
      hashOf('bar y', 'foo x', 'z'),
      hashOf('hidden'),
      hashOf('one'),
      hashOf('z'),
      hashOf('z'),
    ]);
  });

  it('is empty without a match, and outside the workspace', async () => {
    expect(await hashes(["'nothing.here'", "'../**'", "'/etc/hostname'", "'!lib/**'", "'a/'"])).toEqual([
      '',
      '',
      '',
      '',
      hashOf('hidden', 'in b', 'in a'),
    ]);
  });

  it('follows links to folders only when asked for, and none out of the workspace', async () => {
    const before =
      '- run: ln -s lib linked; ln -s /etc etc; ln -s /etc/hostname host.rb; ln -s . loop; mkfifo pipe.rb; mkdir sub; ln -s ../lib/z.rb sub/z.rb';
    expect(
      await hashes(
        [
          "'linked/z.rb'",
          "'--follow-symbolic-links', 'linked/z.rb'",
          "'--follow-symbolic-links', 'etc/hostname'",
          "'*.rb'",
          "'sub/*.rb'",
          "'--follow-symbolic-links', '**/z.rb'",
        ],
        before,
      ),
    ).toEqual(['', hashOf('z'), '', '', hashOf('z'), hashOf('z', 'z', 'z')]);
  });

  it('sees the files as earlier steps left them, and the env of its step', async () => {
    const told = await runSteps(`
- run: echo -n new > made.txt
- env: { WHAT: made.txt, KEY: "k-\${{ hashFiles('made.txt') }}" }
  if: hashFiles(env.WHAT) != ''
  name: "named \${{ hashFiles(env.WHAT) }}"
  run: echo "$KEY"
- { if: hashFiles('missing') != '', run: echo no }`);
    expect(told.log).toContain(`k-${hashOf('new')}`);
    expect(byNumber(told)[1]?.name).toBe(`named ${hashOf('new')}`);
    expect(outcomes(told)).toEqual(['success', 'success', 'skipped']);
  });

  it('takes nothing of the environment that steps have made (TRUST 4)', async () => {
    const told = await runSteps(`
- run: |
    echo 'require("fs").writeFileSync(process.env.PROOF ?? "/dev/null", "x"); console.log("injected")' > evil.js
    echo "PATH=$PWD" >> "$GITHUB_ENV"; echo "LD_PRELOAD=$PWD/evil.so" >> "$GITHUB_ENV"
- env: { NODE_OPTIONS: "--require ./evil.js" }
  shell: /bin/bash {0}
  run: echo "<\${{ hashFiles('evil.js') }}>"`);
    expect(told.log).toMatch(/^<[0-9a-f]{64}>$/m);
    expect(told.log).not.toMatch(/^injected/m);
  });

  it('that fails fails its step alone', async () => {
    const told = await runSteps(
      '- run: rm -rf "$GITHUB_WORKSPACE"\n- { run: "echo ${{ hashFiles(\'x\') }}" }\n- { if: failure(), working-directory: /, run: echo after }',
    );
    expect(outcomes(told)).toEqual(['success', 'failure', 'success']);
    expect(byNumber(told)[1]?.reason).toContain('hashFiles failed: ');
  });
});
