/** The door for Pagure as the description shows it: its room knows nothing of OpenAPI. */
import type { Operation } from './shapes.js';

/** The id of its operation. */
export const HOOK_DOOR = 'pagure.receive';

const MESSAGE = {
  topic: 'git.receive',
  timestamp: 1_795_521_600,
  msg_id: '2026-5f0c3c1e-1c1d-4d4c-9a3b-0c7c3b0f7a11',
  msg: { repo: { fullname: 'lab' }, branch: 'main', start_commit: 'b'.repeat(40), end_commit: 'c'.repeat(40) },
};

const ACCEPTANCE = {
  type: 'object',
  required: ['outcome', 'eventId'],
  properties: {
    outcome: {
      type: 'string',
      enum: ['new', 'same', 'conflict'],
      description: '`conflict`: its id came before with another body; both are kept, and this one starts nothing.',
      example: 'new',
    },
    eventId: { type: ['integer', 'null'], description: 'The event that it made, if any.', example: 7 },
  },
};

const PROBLEMS = [
  'nested-too-deep',
  'not-the-envelope',
  'too-many-values',
  'body-incomplete',
  'bad-signature',
  'other-project',
  'body-too-slow',
  'body-too-large',
  'not-json',
  'too-many-refused',
  'stopping',
];

/** What its controller says, or this where it says nothing; and the codes of its problems. */
export function describeHookDoor(operation: Operation): { described: Operation; problems: readonly string[] } {
  const content = { 'application/json': { schema: ACCEPTANCE } };
  const described = {
    ...operation,
    summary: 'Take a web-hook of Pagure',
    description:
      'Set this address as web-hook in the settings of the project. The body is the message as it was signed, at most ' +
      '32 MiB. It is answered when the message is on disk; what it starts comes later.',
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { type: 'object', additionalProperties: true, example: MESSAGE } } },
    },
    responses: {
      200: { description: 'The same message is here already.', content },
      202: { description: 'It is on disk now.', content },
    },
  };
  return { described: described as Operation, problems: PROBLEMS };
}
