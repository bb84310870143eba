/** Everything the demo stands on: a repository, the stand-in Pagure, and the real server as a process of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { line } from './print.mjs';

const PROJECT = resolve(import.meta.dirname, '../..');
const MAIN = join(PROJECT, 'dist/bin/main.js');
const FULLNAME = 'hello';

export async function startHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-demo-'));
  const { before, after } = makeRepository(folder);
  const pagure = await startPagure(folder);
  const server = await startServer(folder);
  const delivery = writeDelivery(folder, pagure, { before, after });
  const sendArgs = ['send', '--project', FULLNAME, '--topic', 'git.receive', ...delivery, `${server.url}/hooks/pagure`];
  return {
    pagure,
    server,
    project: pagure.project,
    push: () => send(sendArgs),
    sendCommand: ['node', MAIN, ...sendArgs].join(' '),
    close: async () => {
      await server.close();
      await pagure.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A bare repository with two commits of examples/hello: the second is the push. */
function makeRepository(folder) {
  const work = join(folder, 'clone');
  const bare = join(folder, 'repositories', `${FULLNAME}.git`);
  mkdirSync(join(folder, 'repositories'));
  cpSync(join(PROJECT, 'examples/hello'), work, { recursive: true });
  git(work, 'init', '--quiet', '--initial-branch=main');
  const before = commit(work, 'Say hello');
  writeFileSync(join(work, 'NEWS.md'), '# News\n\nHello has news.\n');
  const after = commit(work, 'Add the news');
  git(folder, 'clone', '--quiet', '--bare', work, bare);
  git(work, 'remote', 'add', 'origin', bare);
  return { before, after };
}

function commit(work, message) {
  git(work, 'add', '--all');
  git(work, 'commit', '--quiet', '-m', message);
  return git(work, 'rev-parse', 'HEAD').trim();
}

function git(cwd, ...args) {
  const who = { NAME: 'Ada Lab', EMAIL: 'ada@example.org' };
  const identity = Object.entries(who).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  const env = { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1', ...Object.fromEntries(identity) };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8' });
}

async function startPagure(folder) {
  const { StandInPagure } = await import(join(PROJECT, 'dist/test/stand-in/pagure.js'));
  const { gitHttpHandler } = await import(join(PROJECT, 'dist/test/stand-in/git-http.js'));
  const { SystemClock } = await import(join(PROJECT, 'dist/src/kernel/clock.js'));
  const { SystemRandom } = await import(join(PROJECT, 'dist/src/kernel/random.js'));
  const git = gitHttpHandler(join(folder, 'repositories'));
  const pagure = await StandInPagure.start({ clock: new SystemClock(), random: new SystemRandom(), git });
  const project = pagure.addProject({ fullname: FULLNAME });
  const { token } = pagure.addToken();
  const flags = [];
  const waiting = [];
  pagure.onFlag((flag) => {
    flags.push(flag);
    for (const look of waiting) look();
  });
  return {
    instance: pagure.instance,
    appUrl: pagure.appUrl,
    project: { ...project, token },
    standIn: pagure,
    /** The flag once it has the status that belongs to a result. */
    flagged: (status) =>
      new Promise((resolvePromise) => {
        const look = () => {
          const found = flags.findLast((flag) => flag.status === status);
          if (found) resolvePromise(found);
        };
        waiting.push(look);
        look();
      }),
    close: () => pagure.close(),
  };
}

async function startServer(folder) {
  const state = join(folder, 'state');
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    PAGURE_ACTIONS_DATA_DIR: join(folder, 'data'),
    PAGURE_ACTIONS_STATE_DIR: state,
    PAGURE_ACTIONS_PORT: '0',
    PAGURE_ACTIONS_EGRESS_ALLOW: '127.0.0.1',
    PAGURE_ACTIONS_LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [MAIN, 'serve'], { env, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolvePromise) => child.once('exit', resolvePromise));
  const url = await firstUrl(child, ended);
  const token = readFileSync(join(state, 'first-token'), 'utf8').trim();
  return {
    url,
    token,
    api: (method, path, body) => callApi({ url: `${url}${path}`, token, method, body }),
    log: async (runId, jobId, from) => {
      const headers = { authorization: `Bearer ${token}`, range: `bytes=${from}-` };
      const answer = await fetch(`${url}/api/v1/runs/${runId}/jobs/${jobId}/log`, { headers });
      return answer.ok ? await answer.text() : '';
    },
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The server says where it listens when it does. */
async function firstUrl(child, ended) {
  void ended.then((code) => {
    if (!child.wasReady) line(`the server ended with exit code ${code}`);
  });
  for await (const text of createInterface({ input: child.stdout })) {
    const [, url] = /listens at (\S+)/.exec(text) ?? [];
    if (url === undefined) continue;
    child.wasReady = true;
    return url;
  }
  throw new Error('the server did not start');
}

async function callApi({ url, token, method, body }) {
  const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}

/** The files that the `send` verb reads: the key and the message. */
function writeDelivery(folder, pagure, { before, after }) {
  const keyFile = join(folder, 'web-hook.key');
  const msgFile = join(folder, 'msg.json');
  const person = { name: 'ada', fullname: 'Ada Lab', url_path: 'user/ada', full_url: `${pagure.appUrl}user/ada` };
  const msg = {
    agent: 'ada',
    authors: [person],
    branch: 'main',
    start_commit: after,
    end_commit: after,
    old_commit: before,
    total_commits: 1,
    forced: false,
    changed_files: { 'NEWS.md': 'A' },
    pull_request_id: null,
    pagure_instance: pagure.appUrl,
    project_fullname: FULLNAME,
    repo: { id: 1, name: FULLNAME, fullname: FULLNAME, namespace: null, parent: null, user: person },
  };
  writeFileSync(keyFile, pagure.project.key, { mode: 0o600 });
  writeFileSync(msgFile, JSON.stringify(msg));
  return ['--key-file', keyFile, '--msg', msgFile, '--instance', pagure.instance];
}

/** Resolves with the id of the stored event. */
function send(args) {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.once('exit', (code) => {
      line(`pagure-actions send --project ${FULLNAME} --topic git.receive …: ${said.trim()}`);
      const [, id] = /as event (\d+)/.exec(said) ?? [];
      if (code === 0 && id) resolvePromise(Number(id));
      else reject(new Error(`send ended with exit code ${code}`));
    });
  });
}
