/** What a verb says and how it ends when it is refused, reaches nobody, or is written wrong. */
import { describe, expect, it } from 'vitest';
import { openStub, Scene, signedIn } from './scene.js';

const problem = (status: number, code: string, more: object = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: 'about:blank', title: 'No', status, code, detail: `It says ${code}.`, ...more },
});

describe('a verb that is refused', () => {
  it.each([
    [
      401,
      'token-unknown',
      /It says token-unknown. \(401 token-unknown\)\nSign in with a good token: pagure-actions login/,
    ],
    [403, 'role-missing', /It says role-missing. \(403 role-missing\)\n$/],
    [404, 'no-such-run', /404 no-such-run/],
    [429, 'too-many', /429 too-many/],
    [500, 'internal-error', /500 internal-error/],
  ])('with %i ends with 5 and says why', async (status, code, says) => {
    const { scene } = await openStub(() => problem(status, code));
    expect(await scene.say('runs show 7', signedIn(scene))).toMatchObject({
      code: 5,
      out: '',
      err: expect.stringMatching(says) as string,
    });
  });

  it('lists every fault by its path, and every problem by its place', async () => {
    const faults = [
      { path: 'since', message: 'must be a time' },
      { path: 'stat', message: 'is unknown; did you mean state?' },
    ];
    const problems = [
      { file: 'ci', line: 2, column: 5, severity: 'error', code: 'unknown-key', message: 'there is no key "onn"' },
    ];
    const { scene } = await openStub(() => problem(422, 'bad-input', { faults, problems }));
    expect((await scene.say('runs show 7', signedIn(scene))).err).toBe(
      [
        'error: It says bad-input. (422 bad-input)',
        '  since: must be a time',
        '  stat: is unknown; did you mean state?',
        '  ci:2:5: there is no key "onn" [unknown-key]\n',
      ].join('\n'),
    );
  });

  it('prints nothing that a terminal would obey', async () => {
    const faults = [{ path: 'a\u001b[2J', message: 'b\u009b2J' }];
    const { scene } = await openStub(() => problem(400, 'x', { detail: 'c\u001b]0;t\u0007', faults }));
    expect((await scene.say('runs show 7', signedIn(scene))).err).not.toMatch(/[^\P{C}\n]/u);
  });

  it.each(['<html>Bad gateway</html>', '', '[1]', '{"detail":7}'])(
    'by %j asks whether the address is right',
    async (body) => {
      const { scene } = await openStub(() => ({ status: 502, body }));
      const { code, err } = await scene.say('runs show 7', signedIn(scene));
      expect([code, err]).toEqual([
        5,
        expect.stringContaining('answered 502 in a way that a pagure-actions server does not'),
      ]);
    },
  );
});

describe('a verb that reaches nobody', () => {
  it('says so and ends with 5', async () => {
    const scene = new Scene('http://127.0.0.1:10001');
    const { code, err } = await scene.say('runs list', signedIn(scene));
    expect([code, err]).toEqual([5, expect.stringMatching(/127.0.0.1:10001 cannot be reached: .*ECONNREFUSED/)]);
  });

  it('says so when the answer breaks off', async () => {
    const { scene } = await openStub(() => 'cut');
    const { code, err } = await scene.say('runs list', signedIn(scene));
    expect([code, err]).toEqual([5, expect.stringContaining('cannot be reached')]);
  });

  it.each(['<html>', '', '[]', '{"items":7}'])(
    'asks whether the address is right when the answer is %j',
    async (body) => {
      const { scene } = await openStub(() => ({ body }));
      const { code, err } = await scene.say('projects list', signedIn(scene));
      expect([code, err]).toEqual([5, expect.stringContaining('is the address right?')]);
    },
  );

  it('ends with 130 by Ctrl-C, and says nothing', async () => {
    const pressed = new AbortController();
    const { scene } = await openStub(() => {
      pressed.abort();
      return 'silence';
    });
    expect(await scene.say('runs show 7', { ...signedIn(scene), interrupted: pressed.signal })).toEqual({
      code: 130,
      out: '',
      err: '',
    });
  });
});

describe('a wrong command', () => {
  it.each<[string, RegExp]>([
    ['runs lst', /unknown command 'lst'\n\(Did you mean list\?\)/],
    ['runs', /Usage: pagure-actions runs/],
    ['runs list --stat done', /unknown option '--stat'\n\(Did you mean --state\?\)/],
    ['runs list --state gone', /Allowed choices are waiting, queued, running, done/],
    ['runs list --limit many', /It is a number from 1/],
    ['runs list --since yesterday', /--since: "yesterday" is no time/],
    ['runs show', /missing required argument 'run'/],
    ['runs show 7 8', /too many arguments/],
    ['runs show seven', /"seven" is no id of a run/],
    ['runs show 0', /is no id of a run/],
    ['events show 1e3', /is no id of an event/],
    ['events replay 1 --dryrun', /Did you mean --dry-run/],
    ['logs', /missing required argument 'run'/],
    ['logs 7 --tail -1', /--tail/],
    ['pipelines get lab', /missing required argument 'pipeline'/],
    ['pipelines diff lab ci', /name a file to compare with, or --to/],
    ['pipelines diff lab ci ci.yml --to 2', /not both/],
    ['pipelines diff lab ci no.yml', /no.yml cannot be read/],
    ['projects list --url nowhere', /--url: "nowhere" is no web address/],
    ['completion tcsh', /Allowed choices are bash, zsh, fish/],
  ])('%s says how to write it, asks nobody and ends with 2', async (words, says) => {
    const { scene, asked } = await openStub(() => ({ body: {} }));
    const { code, err } = await scene.say(words, signedIn(scene));
    expect(err).toMatch(says);
    expect([code, asked]).toEqual([2, []]);
  });

  it.each(['runs', 'runs list', 'logs', 'login', 'pipelines put', 'events replay', 'completion'])(
    '%s --help shows examples and exit codes, and ends with 0',
    async (words) => {
      const { code, out } = await new Scene('http://127.0.0.1:9').say(`${words} --help`);
      expect(code).toBe(0);
      expect(out).toMatch(/Examples:|To have it/);
      expect(out).toContain('Exit codes:');
    },
  );
});
