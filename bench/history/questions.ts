/** What is asked of each list: every filter with a frequent, a middling and a rare value, and pairs of them. */
import { actorName, type Sizes, timeOf, word } from './rows.js';

export interface Question {
  readonly list: 'events' | 'runs' | 'flags' | 'projects' | 'pipelines';
  readonly query: string;
  readonly goalMs: number;
}

const GOAL_MS = 10;
const TEXT_GOAL_MS = 50;

export function questionsOf(sizes: Sizes): readonly Question[] {
  const { projects, events } = sizes;
  const iso = (at: number) => new Date(timeOf(at)).toISOString();
  const [rareProject, middle] = [projects - 1, Math.round(events / 2)];
  const times = [`since=${iso(middle)}`, `until=${iso(middle)}`, `since=${iso(middle - 50)}&until=${iso(middle + 50)}`];
  const ofProjects = ['project=1', 'project=20', `project=${rareProject}`];
  const ofActors = ['actor=bot', `actor=${actorName(50)}`, `actor=${actorName(2_900)}`, 'actor=nobody'];
  const pairs = ['project=1&actor=bot', `project=1&actor=${actorName(2_900)}`, `project=${rareProject}&actor=bot`];
  return [
    ...asked('events', ['', ...ofProjects, ...ofActors, ...times, ...pairs, ...EVENT_FILTERS]),
    ...asked('events', [`project=1&topic=git.*&${times[0]}`, `actor=bot&${times[1]}`, `project=1&state=parked`]),
    ...asked('events', ['text=pushed', `text=${word(5)}`, `text=${word(19_000)}`, 'text=nowhere'], TEXT_GOAL_MS),
    ...asked('events', [`text=pushed%20${word(7)}`, 'text=pushed&project=1&actor=bot'], TEXT_GOAL_MS),
    ...asked('runs', ['', ...ofProjects, ...ofActors, ...times, ...pairs, ...RUN_FILTERS]),
    ...asked('flags', ['', ...ofProjects, ...FLAG_FILTERS]),
    ...asked('projects', ['']),
    ...asked('pipelines', ['']),
  ];
}

const EVENT_FILTERS = [
  ...['topic=git.receive', 'topic=project.tag.added', 'topic=pull-request.*', 'topic=*.added', 'topic=git.*,issue.*'],
  ...['topic=nothing.*', 'kind=push', 'kind=project', 'ref=refs/heads/main', `ref=${word(4_000)}`, 'commit=abcdef0'],
  ...['pull-request=1', 'pull-request=4000', 'verdict=ok', 'verdict=stale', 'verdict=inconsistent', 'state=done'],
  ...['state=due', 'state=parked', 'state=idle', 'kind=flag&ref=refs/heads/main', 'project=1&topic=project.tag.added'],
  ...['topic=git.receive&actor=bot&project=1', 'project=1&verdict=stale'],
];
const RUN_FILTERS = [
  ...['pipeline=ci', 'pipeline=server:nightly', 'pipeline=none', 'branch=main', `branch=${word(4_000)}`, 'event=push'],
  ...['event=issue_comment', 'event=77', 'state=done', 'state=running', 'result=success', 'result=error'],
  ...['trust=restricted', 'trust=held', 'project=1&result=error', 'result=error&trust=held', 'branch=main&event=push'],
];
const FLAG_FILTERS = [
  ...['pipeline=server:ci', 'commit=abcdef0', 'status=success', 'status=error', 'sending=sent', 'sending=waiting'],
  ...['sending=paused', 'project=1&sending=paused', 'status=error&sending=waiting'],
];

function asked(list: Question['list'], queries: readonly string[], goalMs = GOAL_MS): readonly Question[] {
  return queries.map((query) => ({ list, query, goalMs }));
}
