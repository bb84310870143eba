/** `lint`: what is wrong with pipelines, by place, without a server. */
import { symlink } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPipeline } from '../../src/pipeline/index.js';
import { problemsOfCalls } from '../../src/cli/local/local-calls.js';
import { BROKEN_PIPELINE, GOOD_PIPELINE } from '../projects/open-projects.js';
import { sarifRules } from './sarif-rules.js';
import { type Scene, serverless } from './scene.js';

const WARNED = GOOD_PIPELINE.replace('on: push', 'on: [push, release]');

async function repository(files: Readonly<Record<string, string>>): Promise<Scene> {
  const scene = serverless();
  await scene.write('.git/HEAD', 'ref: refs/heads/main\n');
  for (const [path, text] of Object.entries(files)) await scene.write(path, text);
  return scene;
}

const said = (text: string) => expect.stringContaining(text) as string;

describe('lint', () => {
  it('of a good file says nothing but that, and ends with 0', async () => {
    const scene = await repository({ 'ci.yml': GOOD_PIPELINE });
    expect(await scene.say('lint ci.yml')).toEqual({ code: 0, out: '', err: '1 pipeline: no problem\n' });
  });

  it('says each error by file, line, column and code, and ends with 1', async () => {
    const scene = await repository({ 'ci.yml': `onn: push\n${BROKEN_PIPELINE}` });
    const { code, out, err } = await scene.say('lint ci.yml');
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^ci\.yml:1:1: `onn` is not a key of this place; did you mean `on`\? .* \[unknown-key\]$/);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^ci\.yml:\d+:\d+: .+ \[[a-z-]+\]$/);
    expect(err).toBe(`1 pipeline: ${lines.length} errors\n`);
  });

  it('of warnings alone ends with 0', async () => {
    const scene = await repository({ 'ci.yml': WARNED });
    expect(await scene.say('lint ci.yml')).toEqual({
      code: 0,
      out: expect.stringMatching(/^ci\.yml:1:12: warning: .* \[[a-z-]+\]\n$/) as string,
      err: '1 pipeline: 1 warning\n',
    });
  });

  it('reads several files in their order, and stdin for -', async () => {
    const scene = await repository({ 'a.yml': WARNED, 'b.yml': BROKEN_PIPELINE });
    const { code, out, err } = await scene.say('lint b.yml - a.yml', { input: 'on: push\n' });
    expect([code, err]).toEqual([1, said('3 pipelines: ')]);
    expect([...new Set([...out.matchAll(/^(\S+?):/gm)].map((match) => match[1]))]).toEqual(['b.yml', 'stdin', 'a.yml']);
  });

  it('with what is no UTF-8 on stdin says so', async () => {
    const { code, out } = await serverless().say('lint -', { input: Buffer.from([0x6f, 0x6e, 0xff]) });
    expect([code, out]).toEqual([1, said('stdin:1:3: the file is not UTF-8 here [not-utf-8]')]);
  });

  it('of a file that is too large says so and keeps only its beginning', async () => {
    const scene = await repository({ 'ci.yml': '#'.repeat(3_000_000) });
    expect(await scene.say('lint ci.yml')).toMatchObject({ code: 1, out: said('[file-too-large]') });
  });
});

describe('lint without a file', () => {
  it('reads every pipeline of the first folder that a server would read', async () => {
    const scene = await repository({
      '.forgejo/workflows/b.yaml': BROKEN_PIPELINE,
      '.forgejo/workflows/a.yml': WARNED,
      '.forgejo/workflows/notes.md': 'no pipeline',
      '.github/workflows/c.yml': BROKEN_PIPELINE,
    });
    const { code, out } = await scene.say('lint');
    expect(code).toBe(1);
    expect([...new Set([...out.matchAll(/^(\S+?):/gm)].map((match) => match[1]))]).toEqual([
      '.forgejo/workflows/a.yml',
      '.forgejo/workflows/b.yaml',
    ]);
  });

  it('names the files as somebody in a folder below would', async () => {
    const scene = await repository({ '.pagure/pipelines/ci.yml': WARNED, 'docs/deep/x.md': '' });
    const { out } = await scene.say('lint', { folder: 'docs/deep' });
    expect(out).toMatch(/^\.\.\/\.\.\/\.pagure\/pipelines\/ci\.yml:1:12: /);
  });

  it('says of a symbolic link that a server does not read it', async () => {
    const scene = await repository({ '.pagure/pipelines/ci.yml': GOOD_PIPELINE });
    await symlink('/etc/passwd', `${scene.home}/.pagure/pipelines/link.yml`);
    expect(await scene.say('lint')).toMatchObject({
      code: 0,
      err: 'warning: .pagure/pipelines/link.yml: a symbolic link is not read\n1 pipeline: no problem\n',
    });
  });

  it('outside of a repository, or without a pipeline, is a wrong command', async () => {
    expect(await serverless().say('lint')).toMatchObject({ code: 2, err: said('name the files') });
    const scene = await repository({ 'README.md': '' });
    expect(await scene.say('lint')).toMatchObject({ code: 2, err: said('.pagure/pipelines') });
  });
});

describe('lint that cannot read', () => {
  it('a file ends with 2, and the others are read all the same', async () => {
    const scene = await repository({ 'ci.yml': BROKEN_PIPELINE });
    const { code, out, err } = await scene.say('lint none.yml ci.yml');
    expect([code, err]).toEqual([2, said('error: none.yml cannot be read: ENOENT')]);
    expect(out).toContain('ci.yml:');
  });

  it.each(['lint --format xml ci.yml', 'lint --json --format sarif ci.yml', 'lint --strict'])(
    '%s is a wrong command',
    async (words) => {
      expect((await serverless().say(words)).code).toBe(2);
    },
  );
});

describe('lint for programs', () => {
  it('prints one problem per line as JSON', async () => {
    const scene = await repository({ 'ci.yml': WARNED });
    const { code, out } = await scene.say('lint --json ci.yml');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      ...{ file: 'ci.yml', line: 1, column: 12, severity: 'warning' },
      ...{ code: expect.any(String) as string, message: expect.any(String) as string },
    });
  });

  it('prints SARIF 2.1.0 with rules, levels, places and URIs', async () => {
    const scene = await repository({ 'a b#.yml': BROKEN_PIPELINE, 'w.yml': WARNED });
    const { code, out } = await scene.say(['lint', '--format', 'sarif', 'a b#.yml', 'w.yml', 'none.yml']);
    const { version, runs } = JSON.parse(out) as SarifLog;
    const [run] = runs;
    expect([code, version, runs.length]).toEqual([2, '2.1.0', 1]);
    expect(run?.tool.driver.name).toBe('pagure-actions');
    expect(run?.invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', message: { text: said('none.yml') } }],
    });
    for (const { ruleId, ruleIndex } of run?.results ?? [])
      expect(run?.tool.driver.rules[ruleIndex]).toEqual({ id: ruleId });
    expect(run?.results.at(-1)).toMatchObject({
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'w.yml' },
            region: { startLine: 1, startColumn: 12 },
          },
        },
      ],
    });
    expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('a%20b%23.yml');
  });

  it('keeps the rules of SARIF 2.1.0 for every object that it writes', async () => {
    const scene = await repository({ 'a b#.yml': BROKEN_PIPELINE, 'sub/ü.yml': WARNED });
    const { out } = await scene.say(['lint', '--format', 'sarif', 'a b#.yml', './sub/../sub/ü.yml', 'none.yml']);
    const log = JSON.parse(out) as SarifLog;
    const keepsRules = sarifRules();
    expect(keepsRules(log), JSON.stringify(keepsRules.errors)).toBe(true);
    const [run] = log.runs;
    const uris = run?.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri);
    expect(new Set(uris)).toEqual(new Set(['a%20b%23.yml', 'sub/%C3%BC.yml']));
    const ids = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('names a file outside the folder by its whole SARIF address', async () => {
    const scene = await repository({ 'sub/x.yml': WARNED });
    await scene.write('other/y.yml', WARNED);
    const { out } = await scene.say('lint ../sub/x.yml --format sarif', { folder: 'other' });
    expect(sarifRules()(JSON.parse(out))).toBe(true);
    const [result] = (JSON.parse(out) as SarifLog).runs[0]?.results ?? [];
    const { uri } = result?.locations[0]?.physicalLocation.artifactLocation ?? {};
    expect(uri).toBe(pathToFileURL(`${scene.home}/sub/x.yml`).href);
  });

  it('of a clean file prints an empty SARIF log', async () => {
    const scene = await repository({ 'ci.yml': GOOD_PIPELINE });
    const { code, out } = await scene.say('lint ci.yml --format sarif');
    const { runs } = JSON.parse(out) as SarifLog;
    expect([code, runs[0]?.results, runs[0]?.invocations[0]?.executionSuccessful]).toEqual([0, [], true]);
  });

  it('doubles the braces of a SARIF message, which would be placeholders', async () => {
    const scene = await repository({ 'ci.yml': GOOD_PIPELINE.replace('hello', '${{ github.ref }}') });
    const { out } = await scene.say('lint ci.yml --format sarif');
    const [result] = (JSON.parse(out) as SarifLog).runs[0]?.results ?? [];
    expect(result?.message.text).toContain('${{{{ github.ref }}}}');
  });
});

describe('what a file holds', () => {
  const HOSTILE = 'on: push\n"\\e[2Jx\\u202e\\u009b": 1\njobs: {}\n';

  it.each(['', '--json', '--format sarif'])(
    'reaches the terminal without a control character: lint %s',
    async (option) => {
      const scene = await repository({ 'ci.yml': HOSTILE });
      const { code, out, err } = await scene.say(`lint ${option} ci.yml`.replace('  ', ' '));
      expect(code).toBe(1);
      expect((out + err).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    },
  );

  it('nor does the name of a file, coloured or not', async () => {
    const name = 'a\u001b[2J\u202e.yml';
    const scene = await repository({ [name]: WARNED });
    const { out } = await scene.say(['lint', name], { columns: 80 });
    expect(out.replaceAll('\n', '').replaceAll(/\u001b\[\d+m/g, '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(out).toContain('\u001b[33m');
  });
});

describe('calls of a pipeline', () => {
  const CALLER = 'on: push\njobs:\n  a:\n    uses: ./.pagure/pipelines/called.yml\n    with: {size: 3}\n';
  const CALLED =
    'on: {workflow_call: {inputs: {colour: {type: string}}}}\njobs: {b: {runs-on: host, steps: [{run: make}]}}\n';

  async function problems(text: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const scene = await repository(files);
    const { pipeline } = readPipeline(text, { file: 'ci.yml', scope: 'language' });
    if (pipeline === null) throw new Error('it cannot be read');
    return (await problemsOfCalls(pipeline, scene.home)).map(({ line, code, message }) => `${line} ${code} ${message}`);
  }

  it('are held against the called file of the working tree', async () => {
    expect(await problems(CALLER, { '.pagure/pipelines/called.yml': CALLED })).toEqual([
      said('3 bad-call ./.pagure/pipelines/called.yml: it has no input `size`'),
    ]);
  });

  it('of a file that is not there are problems; of another repository they are not looked at', async () => {
    expect(await problems(CALLER, {})).toEqual([said('the working tree has no such file')]);
    const remote = CALLER.replace('./.pagure/pipelines/called.yml', 'team/tools/x.yml@v1');
    expect(await problems(remote, {})).toEqual([]);
  });
});

interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
    }[];
  }[];
}
