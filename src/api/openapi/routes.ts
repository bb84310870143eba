/** The routes of the house as their controllers declare them, beside what OpenAPI knows of them. */
import { GUARDS_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import type { ModulesContainer } from '@nestjs/core';
import { PagureSignatureGuard } from '../../intake/pagure-signature.guard.js';
import type { Role } from '../../model/token.js';
import { ANSWER_HEADERS, PROBLEM_CODES } from '../described.js';
import type { KnownHeader } from './headers.js';
import { MetricsGuard } from '../metrics/metrics.guard.js';
import { Needs, OptionalTokenGuard, TokenGuard } from '../token.guard.js';

export interface RouteFacts {
  /** `token by setting`: a guard of its own asks for a token of the role, unless a setting opens the route. */
  readonly guard: 'token' | 'token by setting' | 'optional token' | 'signature' | 'none';
  /** The role it needs; null where it has no `@Needs`. */
  readonly role: Role | null;
  /** Codes of its own. */
  readonly problems: readonly string[];
  readonly headers: readonly KnownHeader[];
}

type Handler = ((...args: never[]) => unknown) & { readonly prototype: Readonly<Record<string, Handler>> };

/** `ProjectsController`, `list` → `projects.list`; unique, since names of controllers are. */
export function operationId(controller: string, handler: string): string {
  const noun = controller.replace(/Controller$/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}.${handler}`;
}

/** By the id of the operation. */
export function routeFacts(modules: ModulesContainer): ReadonlyMap<string, RouteFacts> {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  return new Map(controllers.flatMap(({ metatype }) => factsOf(metatype as Handler)));
}

function factsOf(controller: Handler): readonly (readonly [string, RouteFacts])[] {
  return Object.getOwnPropertyNames(controller.prototype)
    .filter((name) => Reflect.hasMetadata(METHOD_METADATA, controller.prototype[name] ?? {}))
    .map((name) => [operationId(controller.name, name), facts(controller, controller.prototype[name]!)]);
}

function facts(controller: Handler, handler: Handler): RouteFacts {
  const guards = [controller, handler].flatMap((one) => metadata<unknown[]>(GUARDS_METADATA, one) ?? []);
  return {
    guard: guardOf(guards),
    role: metadata<Role>(Needs.KEY, handler) ?? null,
    problems: metadata<readonly string[]>(PROBLEM_CODES, handler) ?? [],
    headers: metadata<readonly KnownHeader[]>(ANSWER_HEADERS, handler) ?? [],
  };
}

function guardOf(guards: readonly unknown[]): RouteFacts['guard'] {
  if (guards.includes(TokenGuard)) return 'token';
  if (guards.includes(MetricsGuard)) return 'token by setting';
  if (guards.includes(OptionalTokenGuard)) return 'optional token';
  return guards.includes(PagureSignatureGuard) ? 'signature' : 'none';
}

function metadata<T>(key: string, of: Handler): T | undefined {
  return Reflect.getMetadata(key, of) as T | undefined;
}
