/** The two ways in which a request fails: the server says no, or says nothing. */
import type { InputFault, Problem } from '../../kernel/errors.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';

/** The server answered with problem details (RFC 9457), or with something that is none of its own. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';

  constructor(
    readonly status: number,
    /** Stable; null when the answer was no problem of the API's. */
    readonly code: string | null,
    message: string,
    /** One line each: what is wrong, by its path. */
    readonly details: readonly string[] = [],
    /** What is wrong with a pipeline, by its place. */
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

/** Nobody answered, or not to the end. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Ctrl-C was pressed while it was asked. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}

export function refusalOf(status: number, body: string, host: string): ApiRefusal {
  const problem = parseJson(body);
  if (!isJsonObject(problem) || typeof problem['detail'] !== 'string') {
    const words = `${host} answered ${status} in a way that a pagure-actions server does not: is the address right?`;
    return new ApiRefusal(status, null, words);
  }
  const code = typeof problem['code'] === 'string' ? problem['code'] : null;
  return new ApiRefusal(status, code, problem['detail'], faultsOf(problem), list<Problem>(problem['problems']));
}

function faultsOf({ faults }: JsonObject): readonly string[] {
  return list<InputFault>(faults).map(({ path, message }) => `${path}: ${message}`);
}

function list<Item>(value: Json | undefined): readonly Item[] {
  return (Array.isArray(value) ? value.filter(isJsonObject) : []) as unknown as readonly Item[];
}

/** Null for what is no JSON. */
export function parseJson(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return null;
  }
}
