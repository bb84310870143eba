/** What the code may say: the law of time, chance and state (HOUSE law 9), and typescript-eslint's own rules. */
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import {
  CHANCE_FILE,
  CLOCK_FILE,
  ENVIRONMENT_ROOMS,
  FETCH_ROOMS,
  NET_ARITHMETIC,
  SOCKET_ROOMS,
} from './scripts/rooms.mjs';

const PROGRAM = ['src/**/*.ts', 'migrations/**/*.ts'];
const CHANCE = [
  'randomUUID',
  'randomBytes',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'webcrypto',
];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'];
const CLOCKS = ['performance', 'Temporal'];
const SCRIPT_GLOBALS = [
  ...TIMERS,
  'clearTimeout',
  'clearInterval',
  'process',
  'console',
  'URL',
  'fetch',
  'Buffer',
  'AbortSignal',
];
const AMBIENT_TIME = 'Time comes from a Clock of kernel/ that is passed in.';
const AMBIENT_CHANCE = 'Chance comes from a Random of kernel/ that is passed in.';
const NO_FETCH = 'HTTP out only in forge/<name>/ and cli/.';
const NO_ENVIRONMENT = 'The environment is read in config/ and main.ts only.';

const filesOf = (room) => (room.endsWith('/*') ? `src/${room.slice(0, -2)}/*/**/*.ts` : `src/${room}/**/*.ts`);

const timeSyntax = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: AMBIENT_TIME },
  { selector: 'CallExpression[callee.name="Date"]', message: AMBIENT_TIME },
];

const stateSyntax = [
  {
    selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind=/^(let|var)$/]',
    message: 'No module-level state.',
  },
  {
    selector:
      ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation.typeAnnotation.operator="readonly"]) > :matches(NewExpression[callee.name=/^(Weak)?(Map|Set)$/][arguments.length=0], ArrayExpression[elements.length=0], ObjectExpression[properties.length=0])',
    message: 'An empty collection at module level is module-level state.',
  },
  {
    selector: 'PropertyDefinition[static=true][readonly!=true]',
    message: 'A static field that can be written is module-level state.',
  },
];

const onGlobals = ['globalThis', 'global'].flatMap((object) =>
  [...TIMERS, ...CLOCKS, 'fetch', 'crypto', 'process'].map((property) => ({
    object,
    property,
    message: 'Not by this door either.',
  })),
);

const timeProperties = [
  { object: 'Date', property: 'now', message: AMBIENT_TIME },
  { object: 'AbortSignal', property: 'timeout', message: AMBIENT_TIME },
  { object: 'process', property: 'hrtime', message: AMBIENT_TIME },
  { object: 'process', property: 'uptime', message: AMBIENT_TIME },
];
const chanceProperties = [
  { object: 'Math', property: 'random', message: AMBIENT_CHANCE },
  ...['crypto', 'webcrypto'].flatMap((object) =>
    CHANCE.map((property) => ({ object, property, message: AMBIENT_CHANCE })),
  ),
];
const environmentProperties = [{ object: 'process', property: 'env', message: NO_ENVIRONMENT }];

const timeGlobals = [...TIMERS, ...CLOCKS].map((name) => ({ name, message: AMBIENT_TIME }));
const otherGlobals = ['XMLHttpRequest', 'WebSocket', 'EventSource'].map((name) => ({ name, message: NO_FETCH }));
const fetchGlobal = [{ name: 'fetch', message: NO_FETCH }];
const chanceImports = ['node:crypto', 'crypto'].map((name) => ({ name, importNames: CHANCE, message: AMBIENT_CHANCE }));
const environmentImports = ['node:process', 'process'].map((name) => ({
  name,
  importNames: ['env'],
  message: NO_ENVIRONMENT,
}));
const socketImports = ['node:net', 'net'].map((name) => ({
  name,
  allowImportNames: NET_ARITHMETIC,
  message: `Sockets only in ${SOCKET_ROOMS.join(', ')}.`,
}));
const clockImports = ['node:perf_hooks', 'perf_hooks'].map((name) => ({ name, message: AMBIENT_TIME }));

/** The bans of law 9 for one group of files; what a group may do is left out. */
function law({ files, ignores = [], may = [] }) {
  const unless = (word, list) => (may.includes(word) ? [] : list);
  return {
    files,
    ignores,
    rules: {
      'no-restricted-syntax': ['error', ...stateSyntax, ...unless('time', timeSyntax)],
      'no-restricted-globals': [
        'error',
        ...unless('time', timeGlobals),
        ...unless('fetch', fetchGlobal),
        ...otherGlobals,
      ],
      'no-restricted-properties': [
        'error',
        ...onGlobals,
        ...unless('time', timeProperties),
        ...unless('chance', chanceProperties),
        ...unless('environment', environmentProperties),
      ],
      'no-restricted-imports': [
        'error',
        ...unless('chance', chanceImports),
        ...unless('environment', environmentImports),
        ...unless('time', clockImports),
        ...unless('sockets', socketImports),
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'data/', '.cache/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      'no-control-regex': 'off',
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: Object.fromEntries(SCRIPT_GLOBALS.map((name) => [name, 'readonly'])) },
  },
  { files: ['*.config.{js,ts}', 'test/**/vitest.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  law({ files: PROGRAM }),
  law({ files: [CLOCK_FILE], may: ['time'] }),
  law({ files: [CHANCE_FILE], may: ['chance'] }),
  law({ files: ['src/main.ts', ...ENVIRONMENT_ROOMS.map(filesOf)], may: ['environment'] }),
  law({ files: ['src/serve.ts', ...SOCKET_ROOMS.map(filesOf)], may: ['sockets'] }),
  law({ files: FETCH_ROOMS.map(filesOf), may: ['sockets', 'fetch'] }),
);
