/** Makes `docs/language.md` from the tables that the language itself is read by. */

/** Topics of the forge that tell of an edit say by their fields what was edited. */
const SAYINGS = [
  {},
  { fields: ['status'], issue: { status: 'Closed' } },
  { fields: ['status'], issue: { status: 'Open' } },
];

const IS_EVENT = /^on\.[a-z_]+$/;

/** The page's text: `pipeline` is the door of the language, `pagure` the table of the forge's topics. */
export function languagePage(pipeline, pagure) {
  const keys = pipeline.languageKeys().map((key, _, all) => ({ ...key, here: hereOf(key, all) }));
  const reference = pipeline.languageReference();
  const topics = topicsOf(pipeline, pagure);
  return [
    OPENING,
    compatibility(keys, reference),
    DIFFERENCES,
    events(keys, topics),
    otherEvents(keys),
    topicTable(topics),
    FILTERS,
    ...KEY_SECTIONS.map((section) => keySection(section, keys)),
    permissions(keys),
    contexts(keys, reference),
    functions(reference),
    limits(reference),
  ].join('\n\n');
}

function hereOf(key, all) {
  const above = all.filter(({ path, support }) => support !== 'supported' && key.path.startsWith(`${path}.`)).at(-1);
  if (key.support === 'supported' && above !== undefined) return `as \`${lastOf(above.path)}\``;
  if (key.support === 'refused') return `no: ${key.reason}`;
  if (key.support === 'not-yet') return `not yet: ${key.reason}`;
  if (key.support === 'never-starts') return 'never starts';
  return key.ours ? 'yes, ours alone' : 'yes';
}

function topicsOf({ startedNames }, { LISTED_TOPICS, meaningOf }) {
  return LISTED_TOPICS.map((topic) => {
    const meanings = SAYINGS.map((msg) => meaningOf(topic, msg));
    const started = meanings.flatMap(({ kind, action }) =>
      startedNames(kind, action).map((name) => ({ name, action: takesAction(name) ? action : null })),
    );
    return { topic, started: unique(started) };
  });
}

function takesAction(name) {
  return !['push', 'create', 'delete'].includes(name);
}

function compatibility(keys, { actions }) {
  const ofGithub = keys.filter(({ ours, path }) => !ours && !/^on\.[^*]/.test(path));
  const of = (...kinds) => ofGithub.filter(({ support }) => kinds.includes(support));
  const events = keys.filter(({ path }) => IS_EVENT.test(path));
  const here = events.filter(({ support }) => support === 'supported');
  const rows = [
    ['where the file lies', '`.github/workflows/` is read where no folder of ours is; see [pipelines](pipelines.md)'],
    ['events that start it', namesIn(here)],
    [
      'events that never start',
      `the other ${events.length - here.length} of GitHub's, and activity types that the forge does not tell of; a warning, no error`,
    ],
    ['keys', `${of('supported').length} of ${ofGithub.length} work`],
    ['keys that do not work yet', namesIn(of('not-yet')) || 'none'],
    ['keys that are refused', namesIn(of('refused')) || 'none'],
    ['contexts', 'all'],
    ['functions', 'all'],
    ['actions in `uses`', `${actions.map((name) => `\`${name}\``).join(', ')}, at any version`],
    [
      '`runs-on`',
      'any label: what names no executor of the server (`ubuntu-latest`) goes to its first one, by default `host`',
    ],
    ['`permissions`', 'read and recorded; `github.token` is always there and grants nothing on the forge'],
  ];
  return `## Does my file run here?

Hold the file against this table, or let the program do it: \`pagure-actions lint\` in the repository, or \`POST /api/v1/lint\`, names every problem with its place.

${table(['of GitHub', 'here'], rows)}

Whatever is not supported is an error or a warning with line and column, and says what to write instead. Nothing is silently ignored.`;
}

function events(keys, topics) {
  const started = keys.filter(({ path, support }) => IS_EVENT.test(path) && support !== 'never-starts');
  const rows = started.map(({ path, doc, here }) => {
    const name = lastOf(path);
    const said = startersOf(name, topics);
    const same = started.find((other) => said !== '–' && startersOf(lastOf(other.path), topics) === said);
    const inner = keys.filter((key) => key.path.replace(/\.\*\./, '.').startsWith(`${path}.`)).map(directKey(path));
    const isSaidBefore = same !== undefined && same.path !== path;
    const starters = isSaidBefore ? `as \`${lastOf(same.path)}\`` : said;
    return [`\`${name}\``, doc, starters, unique(inner.filter(Boolean)).join(', ') || '–', here];
  });
  return `## Events

\`on\` takes a word, a list or a map. A name without a dot is an event of GitHub.

${table(['event', 'when', 'started by the topics', 'its keys', 'here'], rows)}

A comment that Pagure writes itself starts nothing; the one that tells of new commits belongs to their \`pull_request\`. What this program causes (flags, comments) starts nothing either.`;
}

/** The key itself when it stands in the event or in the items of its list, else null. */
function directKey(event) {
  return ({ path }) => {
    const [, name] = /^(?:\*\.)?([^.]+)$/.exec(path.slice(event.length + 1)) ?? [];
    return name === undefined ? null : `\`${name}\``;
  };
}

function startersOf(name, topics) {
  const starters = topics.flatMap(({ topic, started }) => {
    const actions = started.filter((one) => one.name === name).map(({ action }) => action);
    if (actions.length === 0) return [];
    return [actions[0] === null ? `\`${topic}\`` : `\`${topic}\` (${actions.join(', ')})`];
  });
  return starters.join(', ') || '–';
}

function otherEvents(keys) {
  const never = keys.filter(({ support, path }) => support === 'never-starts' && IS_EVENT.test(path));
  return `Read, with a warning that they never start here: ${namesIn(never)}.`;
}

function topicTable(topics) {
  const alone = topics.filter(({ started }) => started.length === 0).map(({ topic }) => `\`${topic}\``);
  return `## Topics

A name with a dot is a topic of Pagure, as Pagure spells it, and \`*\` stands for any part of it: \`git.receive\`, \`pull-request.*\`. Also a topic that nobody listed works. Every topic takes the keys under [keys of a topic](#keys-of-a-topic).

These have no name at GitHub and start pipelines by their own: ${alone.join(', ')}.`;
}

const KEY_SECTIONS = [
  { title: 'Keys of the file', under: /^[a-z-]+$|^defaults\.|^concurrency\./ },
  { title: 'Keys of a topic', under: /^on\.\*\./, cut: 'on.*.' },
  { title: 'Keys of `schedule`', under: /^on\.schedule\.\*\./, cut: 'on.schedule.*.' },
  { title: 'Keys of `workflow_dispatch`', under: /^on\.workflow_dispatch\./, cut: 'on.workflow_dispatch.' },
  { title: 'Keys of `workflow_call`', under: /^on\.workflow_call\./, cut: 'on.workflow_call.' },
  {
    title: 'Keys of a job',
    under: /^jobs\.\*\.(?!steps\.|permissions\.|strategy\.|container\.|services\.|environment\.|concurrency\.)/,
    cut: 'jobs.*.',
    says: 'A job has `runs-on` and `steps`, or it has `uses`.',
    choices: ['uses', 'runs-on'],
  },
  {
    title: 'Strategy, environment and turns of a job',
    under: /^jobs\.\*\.(strategy|environment|concurrency)\./,
    cut: 'jobs.*.',
  },
  { title: 'Containers of a job', under: /^jobs\.\*\.(container|services)\./, cut: 'jobs.*.' },
  {
    title: 'Keys of a step',
    under: /^jobs\.\*\.steps\./,
    cut: 'jobs.*.steps.*.',
    says: 'A step has one of `run`, `uses`, `wait`, `wait-all`, `cancel` and `parallel`.',
    choices: ['run', 'uses', 'wait', 'wait-all', 'cancel', 'parallel'],
  },
];

function keySection({ title, under, cut = '', says = '', choices = [] }, keys) {
  const rows = keys
    .filter(({ path }) => under.test(path))
    .map(({ path, takes, doc, required, here }) => [
      `\`${path.slice(cut.length)}\`${required && !choices.includes(lastOf(path)) ? ' (must be given)' : ''}`,
      takes,
      doc,
      here,
    ]);
  return [`## ${title}`, says, table(['key', 'takes', 'what it is', 'here'], rows)].filter(Boolean).join('\n\n');
}

/** GitHub's list: the names by the levels that they take. */
function permissions(keys) {
  const all = keys.filter(({ path }) => /^permissions\./.test(path));
  const levels = unique(all.map(({ takes }) => takes));
  const namesOf = (level) => all.filter(({ takes }) => takes === level).map(({ path }) => `\`${lastOf(path)}\``);
  return `## Permissions

\`permissions\` of the file or of a job: \`read-all\`, \`write-all\`, or a map of the names below. They are read and recorded; the token of a job grants nothing on the forge.

${table(
  ['takes', 'names'],
  levels.map((level) => [level, namesOf(level).join(', ')]),
)}`;
}

function contexts(keys, reference) {
  const places = new Map();
  const calls = new Map(reference.functions.map(({ call }) => [nameOf(call).toLowerCase(), nameOf(call)]));
  for (const { path, contexts: allowed, functions: extra } of keys.filter((key) => key.contexts.length > 0)) {
    const group = JSON.stringify([allowed, extra]);
    places.set(group, [...(places.get(group) ?? []), path]);
  }
  const rows = [...places].map(([group, paths]) => {
    const [allowed, extra] = JSON.parse(group);
    return [
      topmost(paths)
        .map((path) => `\`${path}\``)
        .join(', '),
      allowed.join(', '),
      extra.map((name) => calls.get(name) ?? name).join(', ') || '–',
    ];
  });
  return `## Contexts

\`\${{ … }}\` is evaluated where this table says. A value that is wholly one expression keeps its type; a key that wants a boolean or a number takes only that type (\`'true'\` is an error).

${table(
  ['context', 'what it holds'],
  reference.contexts.map(({ name, doc }) => [`\`${name}\``, doc]),
)}

## Contexts by key

\`*\` stands for any id or position. A key that is not here takes no expression.

${table(['keys, and what is below them', 'contexts', 'functions beyond the common ones'], rows)}`;
}

/** Without the paths whose parents are there already. */
function topmost(paths) {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)));
}

function functions({ functions: all }) {
  const rows = all.map(({ call, doc }) => [`\`${call}\``, doc]);
  return `## Functions

Operators are GitHub's: \`!\`, \`<\`, \`<=\`, \`>\`, \`>=\`, \`==\`, \`!=\`, \`&&\`, \`||\`, \`.\`, \`[]\`, \`.*\`; texts compare without case. A text stands in single quotes, and \`''\` is one of them in it.

${table(['function', 'what it gives'], rows)}`;
}

function limits(reference) {
  return `## Limits

${table(
  ['of', 'at most'],
  reference.limits.map(({ what, most }) => [what, most]),
)}
`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function namesIn(keys) {
  return keys.map(({ path }) => `\`${IS_EVENT.test(path) ? lastOf(path) : path}\``).join(', ');
}

function nameOf(call) {
  return call.slice(0, call.indexOf('('));
}

function lastOf(path) {
  return path.split('.').at(-1);
}

function unique(list) {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}

const OPENING = `# The pipeline language

<!-- Made from the tables in src/pipeline by \`npm run docs\`: change the tables, not this page. -->

A pipeline is written in the language of GitHub Actions workflows. A file that does not need GitHub itself runs here unchanged, and it may also name any topic of Pagure. This page is the reference; [pipelines](pipelines.md) is where to begin.

An editor that knows JSON Schema completes keys, explains them and warns while one types. The server gives the schema to everybody, so the first line of a file is enough for the YAML language server:

\`\`\`yaml
# yaml-language-server: $schema=https://ci.example.org/schema/pipeline.json
on: [push, pull-request.comment.added]
jobs:
  test:
    runs-on: host
    steps:
      - run: make test
\`\`\``;

const DIFFERENCES = `## What is different

- **Checkout.** In a pipeline of ours (\`.pagure/pipelines/\`, or kept on the server) a job starts with the commit checked out, unless it has an \`actions/checkout\` step or says \`checkout: false\`. In \`.github/workflows/\` it starts empty, as on GitHub.
- **Text from outside is no code.** A title, a branch name or a comment that a script takes in by \`\${{ }}\` goes through a variable, quoted for its place; where that is not certain the step fails and says how to write it.
- **Pull-requests of forks** are read from the branch that they want to go to, and wait until somebody lets them run.
- **Jobs run on the server's machine.** There are no images: what a job needs is installed there, or by a step.
- **YAML.** Anchors and aliases are read, merge keys (\`<<\`) are not. A key that stands twice is an error, also with other case. One document a file.
- **Filters** are GitHub's patterns, matched in linear time. An empty list, only \`!\` patterns, and \`x\` beside \`x-ignore\` are errors.
- **No activity without a word for it.** Types of GitHub that Pagure never sends (\`review_requested\`) are read and never match.`;

const FILTERS = `## Filters

\`branches\`, \`tags\`, \`paths\`, each also with \`-ignore\`: a pattern or a list of them, in order; \`!\` in front negates, and the last one that matches decides. Only \`branches\` given: tags do not start it; only \`tags\`: branches do not. Paths are not looked at for tags. Branches and paths must both match.

| in a pattern | matches |
| --- | --- |
| \`*\` | any text without \`/\` |
| \`**\` | any text; \`**/\` also no folder at all |
| \`?\` | the character before it, or nothing |
| \`+\` | the character before it, once or more |
| \`[a-z]\`, \`[0-9]\`, \`[xy]\` | one of these characters |
| \`!\` at the start | takes away what matched before |
| \`\\\` | takes the meaning of the next character away |

\`[skip ci]\`, \`[ci skip]\`, \`[no ci]\`, \`[skip actions]\`, \`[actions skip]\` or a last line \`skip-checks: true\` in the head commit's message keeps \`push\` and \`pull_request\` from starting.`;
