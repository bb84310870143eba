/** What the door is compared with: a bare Fastify route that only verifies, and may store the body with one insert. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { PagureWebHook } from '../../src/forge/pagure-web-hook.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { PROJECT } from './signed-pushes.js';

type Request = FastifyRequest<{ Body: Buffer }>;
type Verify = (request: Request) => boolean;

/** Verifies as the door does (TRUST.md §1: the candidate in the raw bytes, three HMACs), and stores nothing. */
export function bareRoute(): FastifyInstance {
  return routeThat(asTheDoor(), () => undefined);
}

/** The least that can be called verified: one HMAC, whoever the message is from. */
export function routeWithOneHmac(): FastifyInstance {
  return routeThat(isSigned, () => undefined);
}

/** The bare route, which answers when one prepared insert is synced to disk. */
export function routeWithOneInsert(file: string): FastifyInstance {
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE "kept" ("id" INTEGER PRIMARY KEY, "body" BLOB NOT NULL)');
  const insert = database.prepare('INSERT INTO "kept" ("body") VALUES (?)');
  return routeThat(asTheDoor(), (body) => void insert.run(body));
}

function routeThat(verify: Verify, keep: (body: Buffer) => void): FastifyInstance {
  const app = Fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post<{ Body: Buffer }>('/hooks/pagure', (request, reply) => {
    if (!verify(request)) return reply.status(401).send();
    keep(request.body);
    return reply.status(202).send({ outcome: 'new' });
  });
  return app;
}

function asTheDoor(): Verify {
  const webHook = new PagureWebHook(new SystemRandom());
  return ({ body, headers }) => {
    const { fullname } = webHook.candidate(body);
    const keys = fullname === PROJECT.fullname ? [PROJECT.key] : [];
    return webHook.isSignedBy({ keys, allowSha1: false }, body, { sha1: undefined, sha256: signature(headers) });
  };
}

function isSigned({ body, headers }: Request): boolean {
  const claimed = Buffer.from(signature(headers), 'hex');
  const made = createHmac('sha256', PROJECT.key).update(body).digest();
  return claimed.length === made.length && timingSafeEqual(claimed, made);
}

function signature(headers: Request['headers']): string {
  return String(headers['x-pagure-signature-256']);
}
