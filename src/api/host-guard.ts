/** Refuses requests that ask for another host than ours (TRUST.md §6): a page whose name was rebound to this address reads nothing. */
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/errors.js';

type Done = (error?: Error) => void;

/**
 * Fastify's `onRequest` hook; hosts in lower case, without port. Two routes are free: `/hooks/`, because Pagure posts once
 * to whatever address its admin typed and a refused delivery is lost for ever, while the signature proves more than a name;
 * and `/healthz` and `/readyz`, because load balancers ask by address, and they tell nothing of what is stored. The route decides, not the text of the URL.
 */
export function hostGuard(allowedHosts: readonly string[]) {
  const allowed = new Set(allowedHosts);
  return (request: FastifyRequest, _reply: unknown, done: Done): void => {
    const host = hostOf(request.headers.host);
    const isOurs = host !== null && allowed.has(host);
    if (isOurs || isFree(request.routeOptions.url)) done();
    else done(notOurs());
  };
}

function isFree(route: string | undefined): boolean {
  return route === '/healthz' || route === '/readyz' || (route?.startsWith('/hooks/') ?? false);
}

/** Without port and final dot; null for none. */
function hostOf(header: string | undefined): string | null {
  const [, host] = /^(\[[0-9a-f:.]+\]|[^:\s]+?)\.?(?::\d{1,5})?$/i.exec(header ?? '') ?? [];
  return host?.toLowerCase() ?? null;
}

function notOurs(): Refusal {
  const message = 'This server does not answer to the host name of the request: see server.allowed_hosts.';
  return new Refusal('forbidden', 'host-not-allowed', message);
}
