/** What a route says of itself in `/api/openapi.json`: the sentence, the good answers, and the problems of its own. */
import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { KnownHeader } from './openapi/headers.js';

/** Codes of problems by route, read where the description is made: those that every route has are added there. */
export const PROBLEM_CODES = 'pagure-actions:problem-codes';
/** Names of the headers of its good answers, those that follow from its kind left out. */
export const ANSWER_HEADERS = 'pagure-actions:answer-headers';

export interface Description {
  /** One sentence without a full stop: what it does, for somebody who looks for it in a list. */
  readonly says: string;
  /** More, where one sentence is not enough. */
  readonly more?: string;
  /** 200 where nothing is said. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The class of the JSON answer (its properties carry `@ApiProperty` with an example), or the media type of what is no JSON. */
  readonly answer: Type | `${string}/${string}` | null;
  /** Of an answer that is no JSON: how it may look. */
  readonly example?: string;
  /** Other good statuses of the same answer, each with when it is given (`{ 201: 'there was none of that name' }`). */
  readonly also?: Readonly<Record<number, string>>;
  /** Headers of the good answers; ETag of JSON reads, Link of lists and Location of 201 are there by themselves. */
  readonly headers?: readonly KnownHeader[];
  /**
   * Codes of RFC 9457 problems (of `problem-codes.ts`) beside those of a missing token or role, a bad path, query or body, and
   * a broken server.
   */
  readonly problems?: readonly string[];
}

export function Described(description: Description): MethodDecorator {
  const { says, more, problems = [], headers = [] } = description;
  return applyDecorators(
    ApiOperation({ summary: says, description: more }),
    ...answerDecorators(description),
    SetMetadata(PROBLEM_CODES, problems),
    SetMetadata(ANSWER_HEADERS, headers),
  );
}

function answerDecorators({ status = 200, answer, also = {}, example }: Description): MethodDecorator[] {
  const statuses = [[String(status), 'as asked'] as const, ...Object.entries(also)];
  const isMedia = typeof answer === 'string';
  return [
    ...(isMedia ? [ApiProduces(answer)] : []),
    ...statuses.map(([code, description]) =>
      ApiResponse({ status: Number(code), description, ...bodyOf(code === '304' ? null : answer, example) }),
    ),
  ];
}

function bodyOf(answer: Description['answer'], example: string | undefined): object {
  if (answer === null) return {};
  if (typeof answer !== 'string') return { type: answer };
  return {
    schema: answer.endsWith('json') ? { type: 'object', additionalProperties: true } : { type: 'string', example },
  };
}
