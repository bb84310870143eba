/** The rooms of `src/` and the law of imports, as one table: the linters are configured from it, `docs/architecture.md` shows it. */

/** From the top floor to the ground: a room imports only rooms of lower floors. */
export const ROOMS = [
  { floor: 8, room: 'api', purpose: 'HTTP for people and programs' },
  { floor: 8, room: 'cli', purpose: 'the verbs of the command line' },
  { floor: 7, room: 'intake', purpose: 'HTTP for forges: verify, de-duplicate, store, answer' },
  { floor: 7, room: 'triage', purpose: 'decide what an event starts' },
  { floor: 7, room: 'agent', purpose: 'claim jobs while slots are free, run them, keep the lease' },
  { floor: 7, room: 'report', purpose: 'make the forge show what is wanted' },
  { floor: 7, room: 'sweep', purpose: 'the clock: due rows, ended leases, what an earlier boot left' },
  { floor: 7, room: 'reconcile', purpose: 'what web-hooks missed' },
  { floor: 7, room: 'projects', purpose: 'define and check projects, keys, tokens and server-side pipelines' },
  { floor: 6, room: 'runs', purpose: 'the life of a run: start, claim, finish, cancel, expire' },
  { floor: 6, room: 'runner', purpose: 'execute one job order through a job link; knows no store' },
  { floor: 5, room: 'store', purpose: 'the only SQL: one write lane, group commit, migrations' },
  { floor: 5, room: 'forge', purpose: 'the forge as a port, and Pagure behind it' },
  { floor: 5, room: 'git', purpose: 'the only git: bare mirrors and what is read out of them' },
  { floor: 5, room: 'executor', purpose: 'ways to run the processes of a job' },
  { floor: 5, room: 'blobs', purpose: 'logs as append-only files with an index' },
  { floor: 4, room: 'config', purpose: 'one validated Settings; the 0600 files' },
  { floor: 4, room: 'queue', purpose: 'carries ids of due rows' },
  { floor: 4, room: 'process', purpose: 'start a process and end its whole tree' },
  { floor: 4, room: 'egress', purpose: 'may this URL be contacted, and at which pinned address' },
  { floor: 3, room: 'pipeline', purpose: 'the language, pure: expressions, document, trigger, plan' },
  { floor: 2, room: 'model', purpose: 'the nouns, pure' },
  { floor: 1, room: 'kernel', purpose: 'errors, clock, chance, and what knows nothing of CI' },
];

/** Rooms that no framework may enter (`*.module.ts` excepted), so that the command line starts fast and a laptop can run a job. */
export const FRAMEWORK_FREE = ['kernel', 'model', 'pipeline', 'process', 'git', 'executor', 'forge', 'runner', 'cli'];
export const FRAMEWORKS = ['@nestjs/', 'typeorm', 'class-validator', 'class-transformer', 'fastify'];

/** Rooms that do no I/O: of Node's modules and of npm's packages they may import only these. */
export const PURE = ['kernel', 'model', 'pipeline'];
export const PURE_MODULES = ['node:crypto', 'node:util', 'node:buffer'];
export const LANGUAGE_LIBRARIES = { kernel: [], model: [], pipeline: ['yaml', '@actions/expressions', 'croner'] };

/** Rooms that see only these others, whatever floor the rest is on. */
export const NARROW = { runner: ['executor', 'git', 'process', 'pipeline', 'model', 'kernel'] };

/** What only some rooms may touch; `forge/*` means the folders inside `forge/`. */
export const TOOLS = [
  {
    tool: 'TypeORM and the database driver',
    modules: ['typeorm', '@nestjs/typeorm', 'better-sqlite3', 'better-sqlite3-napi', 'node:sqlite'],
    rooms: ['store', 'migrations'],
  },
  { tool: 'simple-git', modules: ['simple-git'], rooms: ['git'] },
  { tool: 'child processes', modules: ['node:child_process', 'node:cluster'], rooms: ['process'] },
  {
    tool: 'files',
    modules: ['node:fs', 'node:fs/promises'],
    rooms: ['config', 'store', 'blobs', 'git', 'executor', 'process', 'cli'],
  },
  { tool: 'HTTP out', modules: ['node:http', 'node:https', 'node:http2', 'undici'], rooms: ['forge/*', 'cli'] },
  {
    tool: 'the resolver and sockets',
    modules: ['node:dns', 'node:dns/promises', 'node:tls', 'node:dgram'],
    rooms: ['egress', 'forge/*', 'cli'],
  },
  { tool: 'timers', modules: ['node:timers', 'node:timers/promises'], rooms: [] },
];

/** Rooms that are entered by one door only, and rooms that `cli/` may not see although they are below it. */
export const ONE_DOOR = { pipeline: 'index.ts' };
export const HIDDEN = { cli: ['config'] };

/** The globals of the same kind as the tools: `process.env` and `fetch`. */
export const ENVIRONMENT_ROOMS = ['config'];
export const FETCH_ROOMS = ['forge/*', 'cli'];

/** Who may open a socket; everybody may use what `node:net` only computes. */
export const SOCKET_ROOMS = ['egress', 'forge/*', 'cli', 'process'];
export const NET_ARITHMETIC = ['isIP', 'isIPv4', 'isIPv6', 'BlockList'];

/** The named adapters of time and chance. */
export const CLOCK_FILE = 'src/kernel/clock.ts';
export const CHANCE_FILE = 'src/kernel/random.ts';
