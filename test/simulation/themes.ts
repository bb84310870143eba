/** What the pipelines of a world do: the same in each history, and more by its theme, of which each costs little. */
import { SCRIPTS } from './model-executor.js';

/** `clock`: schedules. `chains`: pipelines that follow others. `turns`: concurrency groups. `steps`: what steps leave to others. `trust`: secrets, comments, approvals. */
export type Theme = 'plain' | 'clock' | 'chains' | 'turns' | 'steps' | 'trust';
export const ALL_THEMES: readonly Theme[] = ['plain', 'clock', 'chains', 'turns', 'steps', 'trust'];

export type ChainAction = 'requested' | 'in_progress' | 'completed';

/** That `follower` starts with each such thing that a run of `of` does. */
export interface Follow {
  readonly follower: string;
  readonly of: string;
  readonly action: ChainAction;
}

const job = (run: string, more = '') =>
  `    runs-on: host\n${more}    steps:\n      - run: ${run}\n      - run: true\n`;
const one = (run: string) => `jobs:\n  a:\n${job(run)}`;
const pushTo = (branch: string) => `push: { branches: ['${branch}'] }`;
const following = (of: string, type: ChainAction) => `workflow_run: { workflows: [${of}], types: [${type}] }`;

/** Two jobs after one another, and two side by side for pull-requests. */
const ALWAYS = {
  ci: `on: push\njobs:\n  a:\n${job(SCRIPTS.loud)}  b:\n${job(SCRIPTS.slow, '    needs: a\n')}`,
  pulls: `on: pull_request\njobs:\n  a:\n${job(SCRIPTS.quick)}  b:\n${job(SCRIPTS.quick)}`,
} as const;

/** Two jobs side by side, where nothing else is. */
const PLAIN = {
  ...ALWAYS,
  branches: `on: { push: { branches: ['**'] } }\njobs:\n  a:\n${job(SCRIPTS.quick)}  b:\n${job(SCRIPTS.fails)}`,
} as const;

/** Of the project that has a default branch from the first moment on. */
export const TICKING_PROJECT = 0;
export const TICK = '*/3 * * * *';

/** One follows another in each way that there is, and two follow each other. */
const CHAINED = {
  asked: `on: { ${following('pulls', 'requested')} }\n${one(SCRIPTS.quick)}`,
  begun: `on: { ${following('pulls', 'in_progress')} }\n${one(SCRIPTS.quick)}`,
  ended: `on: { ${following('pulls', 'completed')} }\n${one(SCRIPTS.quick)}`,
  ping: `on: { ${pushTo('main')}, ${following('pong', 'completed')} }\n${one(SCRIPTS.quick)}`,
  pong: `on: { ${following('ping', 'completed')} }\n${one(SCRIPTS.fails)}`,
} as const;

export const FOLLOWS: readonly Follow[] = [
  { follower: 'asked', of: 'pulls', action: 'requested' },
  { follower: 'begun', of: 'pulls', action: 'in_progress' },
  { follower: 'ended', of: 'pulls', action: 'completed' },
  { follower: 'ping', of: 'pong', action: 'completed' },
  { follower: 'pong', of: 'ping', action: 'completed' },
];

/** A group for each branch; on each branch another way to take turns, and jobs that meet. */
const taking = (branch: string, more: string) =>
  `on: { ${pushTo(branch)} }\nconcurrency: { group: 'at \${{ github.ref }}'${more} }\n${one(SCRIPTS.deploy)}`;

const TURNING = {
  deploy: taking('main', ''),
  rollout: taking('main-1.0', ', queue: max'),
  preview: taking('topic', ', cancel-in-progress: true'),
} as const;

/** In the repository: whoever calls it waits until nobody else is in it. */
export const SHARED_FILE = '.pagure/calls/shared.yml';
export const SHARED = `on: workflow_call\nconcurrency: { group: shared, queue: max }\n${one(SCRIPTS.deploy)}`;

/** Two calls of one file, which take their turns with each other and with those of other runs. */
const CALLING = `on: { ${pushTo('main')} }\njobs:\n  one: { uses: ./${SHARED_FILE} }\n  two: { uses: ./${SHARED_FILE} }\n`;
export const CALLER = 'server:calls';

/** Who takes turns on a branch. */
export const TURNS_ON: Readonly<Record<string, keyof typeof TURNING>> = {
  'refs/heads/main': 'deploy',
  'refs/heads/main-1.0': 'rollout',
  'refs/heads/topic': 'preview',
};

/**
 * A job that gives what another takes, while steps run in its background: one is waited for, one is stopped by the job itself.
 * The last step of each says what it was given.
 */
const STEPPED = {
  made: `on: { push: { branches: ['**'] } }
jobs:
  make:
    runs-on: host
    outputs: { made: '\${{ steps.hand.outputs.made }}' }
    steps:
      - run: ${SCRIPTS.rest}
        id: aside
        background: true
      - run: ${SCRIPTS.give}
        id: hand
      - wait: aside
      - run: ${SCRIPTS.serve}
        id: server
        background: true
      - run: ${SCRIPTS.loud}
      - cancel: server
      - run: ${SCRIPTS.see}
        if: always()
        env: { GIVEN: '\${{ steps.hand.outcome }}' }
  use:
    needs: make
    runs-on: host
    steps:
      - run: ${SCRIPTS.take}
        env: { GIVEN: '\${{ needs.make.outputs.made }}' }
`,
} as const;

/** Each asks for a secret and prints it. */
const telling = (more = '') =>
  job(SCRIPTS.tell, more).replace(
    SCRIPTS.tell,
    `${SCRIPTS.tell}\n        env: { GIVEN: '\${{ secrets.DEPLOY }}', SIGNED: '\${{ secrets.SIGN }}' }`,
  );

const TRUSTING = {
  ci: `on: push\njobs:\n  a:\n${telling()}`,
  pulls: `on: pull_request\njobs:\n  a:\n${telling()}  b:\n${job(SCRIPTS.fails)}`,
  hand: `on: workflow_dispatch\njobs:\n  a:\n${telling()}`,
  talk: `on: issue_comment\njobs:\n  a:\n${telling()}`,
} as const;

/** Those that a project has on the server, text by name. */
export function pipelinesOf(theme: Theme, project: number): Readonly<Record<string, string>> {
  if (theme === 'chains') return { ...ALWAYS, ...CHAINED };
  if (theme === 'turns') return { ...ALWAYS, ...TURNING, calls: CALLING };
  if (theme === 'steps') return { ...ALWAYS, ...STEPPED };
  if (theme === 'trust') return TRUSTING;
  if (theme === 'plain' || project !== TICKING_PROJECT) return PLAIN;
  return { ...PLAIN, tick: `on: { schedule: [{ cron: '${TICK}' }] }\n${one(SCRIPTS.quick)}` };
}

/** Those of the server that a push to a ref starts. */
export function pushedTo(theme: Theme, ref: string): readonly string[] {
  if (ref.startsWith('refs/tags/') || theme === 'trust') return ['ci'];
  if (theme === 'turns') return ['ci', TURNS_ON[ref]!, ...(ref === 'refs/heads/main' ? ['calls'] : [])];
  if (theme === 'chains') return ref === 'refs/heads/main' ? ['ci', 'ping'] : ['ci'];
  if (theme === 'steps') return ['ci', 'made'];
  return ['ci', 'branches'];
}

/** What a repository's own schedule may say, line by line; it comes and goes with the commits of `main`. */
export const SCHEDULES: readonly (readonly string[])[] = [
  ['*/2 * * * *'],
  ['1-59/3 * * * *'],
  ['*/2 * * * *', '2-59/5 * * * *'],
  [],
];

export const SCHEDULE_FILE = '.pagure/pipelines/often.yml';

export function scheduleText(lines: readonly string[]): string {
  return `on: { schedule: [${lines.map((cron) => `{ cron: '${cron}' }`).join(', ')}] }\n${one(SCRIPTS.quick)}`;
}
