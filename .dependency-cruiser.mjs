/** The law of imports (docs/architecture.md) as rules for dependency-cruiser, made from the table in scripts/rooms.mjs. */
import {
  FRAMEWORK_FREE,
  FRAMEWORKS,
  HIDDEN,
  LANGUAGE_LIBRARIES,
  NARROW,
  ONE_DOOR,
  PURE,
  PURE_MODULES,
  ROOMS,
  TOOLS,
} from './scripts/rooms.mjs';

const anyOf = (names) => `(?:${names.join('|')})`;
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const NOTHING = '(?!)';
const MODULE_FILE = '\\.module\\.ts$';

/** `store` → `^src/store/`; `forge/*` → the folders inside; `migrations` stands at the top. */
function folderOf(room) {
  if (room === 'migrations') return '^migrations/';
  return room.endsWith('/*') ? `^src/${room.slice(0, -2)}/[^/]+/` : `^src/${room}/`;
}

/** A module of Node under both its names, or a package with all that is inside it (`@nestjs/` is a whole scope). */
function moduleOf(name) {
  if (name.startsWith('node:')) return `^(?:node:)?${escaped(name.slice(5))}$`;
  const inside = name.endsWith('/') ? escaped(name) : `${escaped(name)}(?:/|$)`;
  return `(?:^|node_modules/)${inside}`;
}

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const floors = ROOMS.map(({ room, floor }) =>
  rule(
    `floor-of-${room}`,
    `${room}/ stands on floor ${floor}: it imports only rooms of lower floors.`,
    { path: folderOf(room) },
    {
      path: '^(?:src|test|bench|scripts)/',
      pathNot: [room, ...ROOMS.filter((r) => r.floor < floor).map((r) => r.room)].map(folderOf),
    },
  ),
);

const tools = TOOLS.map(({ tool, modules, rooms }) =>
  rule(
    `only-here-${tool.replaceAll(/\W+/g, '-').toLowerCase()}`,
    rooms.length > 0 ? `${tool}: only in ${rooms.join(', ')}.` : `${tool}: nowhere; time comes from kernel/.`,
    { path: '^(?:src|migrations)/', pathNot: rooms.length > 0 ? rooms.map(folderOf) : NOTHING },
    { path: modules.map(moduleOf) },
  ),
);

const narrow = Object.entries(NARROW).map(([room, seen]) =>
  rule(
    `narrow-${room}`,
    `${room}/ sees only ${seen.join(', ')}.`,
    { path: folderOf(room) },
    { path: '^src/', pathNot: [room, ...seen].map(folderOf) },
  ),
);

const hidden = Object.entries(HIDDEN).map(([room, unseen]) =>
  rule(
    `hidden-from-${room}`,
    `${room}/ does not see ${unseen.join(', ')}.`,
    { path: folderOf(room) },
    { path: unseen.map(folderOf) },
  ),
);

const doors = Object.entries(ONE_DOOR).map(([room, door]) =>
  rule(
    `door-of-${room}`,
    `${room}/ is entered by its ${door} alone.`,
    { path: '^(?:src|bench|migrations)/', pathNot: folderOf(room) },
    { path: folderOf(room), pathNot: `${folderOf(room)}${escaped(door)}$` },
  ),
);

const pure = [
  rule(
    'pure-rooms-no-io',
    `${PURE.join(', ')} do no I/O.`,
    { path: `^src/${anyOf(PURE)}/` },
    { dependencyTypes: ['core'], pathNot: PURE_MODULES.map(moduleOf) },
  ),
  ...Object.entries(LANGUAGE_LIBRARIES).map(([room, libraries]) =>
    rule(
      `libraries-of-${room}`,
      `${room}/ imports no package but ${libraries.join(', ') || 'none'}.`,
      { path: folderOf(room), pathNot: MODULE_FILE },
      { path: 'node_modules/', pathNot: libraries.length > 0 ? libraries.map(moduleOf) : NOTHING },
    ),
  ),
];

const frameworkFree = { path: `^src/${anyOf(FRAMEWORK_FREE)}/`, pathNot: MODULE_FILE };
const frameworks = [
  rule('no-framework', 'A room that the command line loads imports no framework.', frameworkFree, {
    path: FRAMEWORKS.map(moduleOf),
  }),
  rule('no-framework-behind', 'Nor does anything that it imports.', frameworkFree, {
    path: FRAMEWORKS.map(moduleOf),
    reachable: true,
  }),
];

const shape = [
  rule('no-circle', 'No circles, type imports included.', {}, { circular: true }),
  rule(
    'private-folder',
    "A room's sub-folders are private to it.",
    { path: '^src/([^/]+)/' },
    { path: '^src/[^/]+/[^/]+/', pathNot: '^src/$1/' },
  ),
  rule(
    'private-folder-from-top',
    "A room's sub-folders are private to it.",
    { path: '^src/[^/]+\\.ts$' },
    { path: '^src/[^/]+/[^/]+/' },
  ),
  rule(
    'migrations-by-store',
    'Only store/ imports the migrations.',
    { path: '^src/', pathNot: folderOf('store') },
    { path: '^migrations/' },
  ),
  rule(
    'migrations-alone',
    'A migration does not change when the code does.',
    { path: '^migrations/' },
    { path: '^src/' },
  ),
  rule(
    'program-imports-late',
    'main.ts imports dynamically, so that a verb loads only what it needs.',
    { path: '^src/main\\.ts$' },
    { dynamic: false, dependencyTypesNot: ['type-only', 'core'] },
  ),
  rule(
    'declared-packages',
    'The program uses only what package.json names under dependencies.',
    { path: '^(?:src|migrations)/' },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
  ),
  rule('found', 'What is imported is there.', { path: '^(?:src|migrations|test|bench)/' }, { couldNotResolve: true }),
];

export default {
  forbidden: [...floors, ...tools, ...narrow, ...hidden, ...doors, ...pure, ...frameworks, ...shape],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
