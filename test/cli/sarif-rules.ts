/** The rules of SARIF 2.1.0 (OASIS) for the objects that `lint` writes: what each must have, and nothing that it does not know. */
import { Ajv, type ValidateFunction } from 'ajv';

/** §3.11.5: a brace that is no placeholder is doubled. */
const MESSAGE = object({ text: { type: 'string', minLength: 1, pattern: '^([^{}]|\\{\\{|\\}\\})*$' } });

/** §3.4.3, RFC 3986: no blank, nothing beyond ASCII, no dot segment. */
const URI = { type: 'string', pattern: "^(?!.*(^|/)\\.{1,2}(/|$))([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+$" };

const COUNT = { type: 'integer', minimum: 1 };
const LEVEL = { enum: ['none', 'note', 'warning', 'error'] };
const PHYSICAL = object({
  artifactLocation: object({ uri: URI }),
  region: object({ startLine: COUNT, startColumn: COUNT }),
});

const RESULT = object({
  ruleId: { type: 'string', minLength: 1 },
  ruleIndex: { type: 'integer', minimum: 0 },
  level: LEVEL,
  message: MESSAGE,
  locations: listOf(object({ physicalLocation: PHYSICAL })),
});

const RUN = object({
  tool: object({
    driver: object({
      name: { type: 'string', minLength: 1 },
      rules: { ...listOf(object({ id: { type: 'string', minLength: 1 } })), uniqueItems: true },
    }),
  }),
  columnKind: { const: 'utf16CodeUnits' },
  invocations: listOf(
    object({
      executionSuccessful: { type: 'boolean' },
      toolExecutionNotifications: listOf(object({ level: LEVEL, message: MESSAGE })),
    }),
  ),
  results: listOf(RESULT),
});

const LOG = object({
  $schema: { type: 'string', pattern: '^https://.*sarif-2\\.1\\.0\\.json$' },
  version: { const: '2.1.0' },
  runs: listOf(RUN),
});

export function sarifRules(): ValidateFunction {
  return new Ajv({ allErrors: true }).compile(LOG);
}

/** All of its properties must be there. */
function object(properties: Readonly<Record<string, object>>) {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function listOf(items: object) {
  return { type: 'array', items };
}
