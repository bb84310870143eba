/** The problems of an operation as OpenAPI responses: every status with its codes and an example of each. */
import { KIND_STATUS, STATUS_OF_BROKEN } from '../problem-details.js';
import { PROBLEM_CODE_TABLE, type ProblemCode } from '../problem-codes.js';
import { HEADERS, type KnownHeader } from './headers.js';
import type { Response, Schema } from './shapes.js';

const MEDIA_TYPE = 'application/problem+json';

/** Headers that come with a problem of a status. */
const STATUS_HEADERS: Readonly<Record<number, readonly KnownHeader[]>> = {
  401: ['WWW-Authenticate'],
  416: ['Content-Range'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The table for people. */
function problemPage(): string {
  const rows = Object.entries(PROBLEM_CODE_TABLE).filter(([, { elsewhere }]) => !elsewhere);
  const lines = rows.map(([code, known]) => `| \`${code}\` | ${statusOf(known)} | ${known.means} |`);
  return ['| code | status | means |', '| --- | --- | --- |', ...lines].join('\n');
}

const line = (description: string, example: string): Schema => ({ type: 'string', description, example });
const count = (description: string): Schema => ({ type: 'integer', minimum: 1, description, example: 3 });

/** What all problems share (RFC 9457). */
export const PROBLEM_SCHEMAS: Readonly<Record<string, Schema>> = {
  Problem: {
    type: 'object',
    description: `What every answer that is no success says (RFC 9457). \`code\` is stable; the rest is for people.\n\n${problemPage()}`,
    required: ['type', 'title', 'status', 'code', 'detail'],
    properties: {
      type: { type: 'string', enum: ['about:blank'], description: 'Codes have no pages of their own.' },
      title: line('The words of the status.', 'Bad Request'),
      status: { type: 'integer', description: 'The status of the answer.', example: 400 },
      code: line('What is wrong, in one stable word.', 'invalid-input'),
      detail: line(
        'What is wrong and what to do, in one sentence.',
        'The input has a fault: see "faults" for the places.',
      ),
      faults: {
        type: 'array',
        description: 'Every bad value of the request.',
        items: { $ref: '#/components/schemas/Fault' },
      },
      problems: {
        type: 'array',
        description: 'Every problem of a pipeline.',
        items: { $ref: '#/components/schemas/PipelineProblem' },
      },
    },
  },
  Fault: {
    type: 'object',
    required: ['path', 'message'],
    properties: {
      path: line('Which value; never its content.', 'projects[0].keys'),
      message: line('What it must be.', 'must be a list of 1 to 3'),
    },
  },
  PipelineProblem: {
    type: 'object',
    required: ['file', 'line', 'column', 'severity', 'code', 'message'],
    properties: {
      file: line('The file, or the name of a server-side pipeline.', '.pagure/ci.yml'),
      line: count('From 1.'),
      column: count('From 1.'),
      severity: { type: 'string', enum: ['error', 'warning'], description: 'Only an error stops a pipeline.' },
      code: line('Stable.', 'unknown-key'),
      message: line('What is wrong and what to write instead.', 'unknown key step; did you mean steps?'),
    },
  },
};

/** By status. A code that the table does not know has none, and is left out. */
export function problemResponses(codes: readonly string[]): Record<string, Response> {
  const responses: Record<string, Response> = {};
  for (const code of [...new Set(codes)].sort().filter((each) => Object.hasOwn(PROBLEM_CODE_TABLE, each))) {
    const status = statusOf(knownCode(code));
    const others = codesIn(responses[status]);
    responses[status] = response(status, [...others, code]);
  }
  return responses;
}

/** By which the same problems of other routes are found; null for what is more than problems. */
export function sharedName(status: string, response: Response): string | null {
  const isAlone = Object.keys(response.content ?? {}).join() === MEDIA_TYPE;
  return isAlone ? `${status}.${codesIn(response).join('.')}` : null;
}

function response(status: number, codes: readonly string[]): Response {
  const names = STATUS_HEADERS[status] ?? [];
  return {
    description: codes.map((code) => `\`${code}\`: ${knownCode(code).means}`).join('\n\n'),
    ...(names.length > 0 && { headers: Object.fromEntries(names.map((name) => [name, HEADERS[name]])) }),
    content: {
      [MEDIA_TYPE]: {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', required: ['code'], properties: { code: { type: 'string', enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleProblem(code) }])),
      },
    },
  };
}

/** The codes that an answer names already. */
function codesIn(response: Response | undefined): readonly string[] {
  return Object.keys(response?.content?.[MEDIA_TYPE]?.examples ?? {});
}

function exampleProblem(code: string): object {
  const known = knownCode(code);
  const status = statusOf(known);
  const fault = { path: 'name', message: 'must be one line of 1 to 200 characters' };
  const problem = {
    file: 'ci',
    line: 3,
    column: 5,
    severity: 'error',
    code: 'unknown-key',
    message: 'unknown key step',
  };
  return {
    ...{ type: 'about:blank', title: titleOf(known), status, code, detail: known.example },
    ...(known.with === 'faults' && { faults: [fault] }),
    ...(known.with === 'problems' && { problems: [problem] }),
  };
}

function knownCode(code: string): ProblemCode {
  const known = PROBLEM_CODE_TABLE[code];
  if (known === undefined) throw new Error(`a route names the problem ${code}, which problem-codes.ts does not know`);
  return known;
}

function statusOf({ kind }: ProblemCode): number {
  return (kind === 'broken' ? STATUS_OF_BROKEN : KIND_STATUS[kind])[0];
}

function titleOf({ kind }: ProblemCode): string {
  return (kind === 'broken' ? STATUS_OF_BROKEN : KIND_STATUS[kind])[1];
}
