/** What the door is compared with: a Fastify route that only verifies one signature, and may store the body with one insert. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { PROJECT } from './signed-pushes.js';
import { Sqlite } from '../../src/store/sqlite.js';

type Keep = (body: Buffer) => void;

/** Verifies and answers. */
export function bareRoute(): FastifyInstance {
  return routeThat(() => undefined);
}

/** Verifies, and answers when one prepared insert is synced to disk. */
export function routeWithOneInsert(file: string): FastifyInstance {
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE "kept" ("id" INTEGER PRIMARY KEY, "body" BLOB NOT NULL)');
  const insert = database.prepare('INSERT INTO "kept" ("body") VALUES (?)');
  return routeThat((body) => void insert.run(body));
}

function routeThat(keep: Keep): FastifyInstance {
  const app = Fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post<{ Body: Buffer }>('/hooks/pagure', (request, reply) => {
    if (!isSigned(request.body, request.headers['x-pagure-signature-256'])) return reply.status(401).send();
    keep(request.body);
    return reply.status(202).send({ outcome: 'new' });
  });
  return app;
}

function isSigned(body: Buffer, signature: string | string[] | undefined): boolean {
  const claimed = Buffer.from(String(signature), 'hex');
  const made = createHmac('sha256', PROJECT.key).update(body).digest();
  return claimed.length === made.length && timingSafeEqual(claimed, made);
}
