/** What a route says of itself in `/api/openapi.json`: the sentence, the good answer, and the problems of its own. */
import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';

/** Codes of problems by route, read where the description is made: those that every route has are added there. */
export const PROBLEM_CODES = 'pagure-actions:problem-codes';

export interface Description {
  /** One sentence without a full stop: what it does, for somebody who looks for it in a list. */
  readonly says: string;
  /** More, where one sentence is not enough. */
  readonly more?: string;
  /** 200 where nothing is said. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The class of the JSON answer (its properties carry `@ApiProperty` with an example), or the media type of what is no JSON. */
  readonly answer: Type | `${string}/${string}` | null;
  /** Codes of RFC 9457 problems beside those of a missing token, a bad path or body, and a broken server. */
  readonly problems?: readonly string[];
}

export function Described({ says, more, status = 200, answer, problems = [] }: Description): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary: says, description: more }),
    ...answerDecorators(status, answer),
    SetMetadata(PROBLEM_CODES, problems),
  );
}

function answerDecorators(status: number, answer: Description['answer']): MethodDecorator[] {
  const description = 'as asked';
  if (answer === null) return [ApiResponse({ status, description })];
  if (typeof answer !== 'string') return [ApiResponse({ status, description, type: answer })];
  return [ApiProduces(answer), ApiResponse({ status, description, schema: { type: 'string' } })];
}
