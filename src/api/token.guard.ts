/** Lets a request pass only with a token of the role that its route asks for. */
import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/errors.js';
import { type Role, roleIncludes } from '../model/token.js';
import type { Asker } from '../projects/asker.js';
import { FindAsker } from '../projects/find-asker.js';

/** The role that a route asks for; each route under the guard names one. */
export const Needs = Reflector.createDecorator<Role>();

/** A request of the API; `asker` is set by the guards alone. */
export interface AskedRequest extends FastifyRequest {
  asker?: Asker;
}

@Injectable()
export class TokenGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(FindAsker) private readonly findAsker: FindAsker,
  ) {}

  /** Throws a Refusal `unauthenticated` or `forbidden`. A route that names no role is closed to all. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AskedRequest>();
    const asker = await this.asker(request);
    const role = this.reflector.get(Needs, context.getHandler());
    if (role === undefined || !roleIncludes(asker.role, role)) throw roleMissing(role, asker.role);
    request.asker = asker;
    return true;
  }

  /** Who shows a token, whatever its role. Throws a Refusal `unauthenticated`. */
  asker(request: FastifyRequest): Promise<Asker> {
    return this.findAsker.byText(demandToken(request));
  }
}

/** For routes that everybody may ask, and holders of a token may ask more: no token and a bad one are the same. */
@Injectable()
export class OptionalTokenGuard implements CanActivate {
  constructor(@Inject(FindAsker) private readonly findAsker: FindAsker) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AskedRequest>();
    const text = tokenOf(request);
    request.asker = text === null ? undefined : await this.findAsker.byText(text).catch(noneForRefusal);
    return true;
  }
}

/** Who asks: never null under `TokenGuard`, null for nobody under `OptionalTokenGuard`. */
export const AskedBy = createParamDecorator(
  (_: unknown, context: ExecutionContext): Asker | null =>
    context.switchToHttp().getRequest<AskedRequest>().asker ?? null,
);

function tokenOf({ headers }: FastifyRequest): string | null {
  return /^(?:bearer|token) +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

function demandToken(request: FastifyRequest): string {
  const text = tokenOf(request);
  if (text !== null) return text;
  const message = 'This needs an API token: send it as "Authorization: Bearer pa_…".';
  throw new Refusal('unauthenticated', 'token-missing', message);
}

function roleMissing(needed: Role | undefined, held: Role): Refusal {
  const message = `This needs a token of role ${needed ?? 'nobody'}; this one is of role ${held}.`;
  return new Refusal('forbidden', 'role-missing', message);
}

function noneForRefusal(thrown: unknown): undefined {
  if (!(thrown instanceof Refusal)) throw thrown;
}
