/** The crowd, a process of its own: senders of deliveries, readers, and followers of the stream, all at once. */
import { Connection } from '../ingest/connection.js';
import { takeOrders } from '../ingest/orders.js';
import { pushMaker } from '../ingest/signed-pushes.js';
import { type Address, Visitor } from './visitor.js';

export interface CrowdOrder extends Address {
  readonly root: string;
  /** Another number for each order: no msg_id comes twice. */
  readonly series: number;
  readonly seconds: number;
  readonly senders: number;
  readonly readers: number;
  readonly streams: number;
}

/** Milliseconds of the good answers, and how many were none. */
export interface Told {
  readonly tookMs: number[];
  errors: number;
}

export interface CrowdResult {
  readonly routes: readonly (readonly [string, Told])[];
  /** Events that a stream told of, on average; and streams that ended before they should. */
  readonly heardEach: number;
  readonly cutOff: number;
}

/** Between two requests of one sender, and of one reader. */
const SENDER_REST_MS = 50;
const READER_REST_MS = 100;
/** Ids are those of the prepared history: the newest runs and events stand at its end. */
const ROUTES: readonly (readonly [string, (turn: number) => string])[] = [
  ['GET /api/v1/events', () => '/api/v1/events'],
  ['GET /api/v1/events?text', (turn) => `/api/v1/events?text=pushed&project=${1 + (turn % 20)}`],
  ['GET /api/v1/runs', (turn) => `/api/v1/runs?project=${1 + (turn % 20)}`],
  ['GET /api/v1/flags', () => '/api/v1/flags'],
  ['GET /api/v1/projects', () => '/api/v1/projects'],
  ['GET /api/v1/runs/:id', (turn) => `/api/v1/runs/${1 + (turn % 4_000)}`],
  ['GET /api/v1/…/log', () => '/api/v1/runs/1/jobs/1/log'],
  ['GET /runs/:id (page)', (turn) => `/runs/${1 + (turn % 4_000)}`],
  ['GET /events/:id (page)', (turn) => `/events/${1 + (turn % 20_000)}`],
  ['GET /readyz', () => '/readyz'],
  ['GET /metrics', () => '/metrics'],
];

takeOrders(run);

async function run(order: CrowdOrder): Promise<CrowdResult> {
  const endMs = performance.now() + order.seconds * 1_000;
  const [followers, routes] = [new Followers(order), new Map<string, Told>()];
  const make = pushMaker({ ...order, nowMs: Date.now() });
  await Promise.all([
    ...Array.from({ length: order.senders }, () =>
      send(order, { make, told: toldOf(routes, 'POST /hooks/pagure'), endMs }),
    ),
    ...Array.from({ length: order.readers }, (_, reader) => read(order, { routes, first: reader, endMs })),
  ]);
  return { routes: [...routes], ...followers.end() };
}

/** Everybody who follows the stream. */
class Followers {
  private readonly visitors: readonly Visitor[];
  private heard = 0;
  private cutOff = 0;
  private isOver = false;

  constructor({ streams, ...address }: CrowdOrder) {
    this.visitors = Array.from({ length: streams }, () => new Visitor(address));
    for (const visitor of this.visitors) visitor.follow('/api/v1/stream', this.hear, this.lose);
  }

  end(): Pick<CrowdResult, 'heardEach' | 'cutOff'> {
    this.isOver = true;
    for (const visitor of this.visitors) visitor.close();
    return { heardEach: this.heard / Math.max(1, this.visitors.length), cutOff: this.cutOff };
  }

  private readonly hear = (text: string): void => {
    this.heard += text.split('\nevent: ').length - 1 + (text.startsWith('event: ') ? 1 : 0);
  };

  private readonly lose = (): void => {
    if (!this.isOver) this.cutOff += 1;
  };
}

interface Sending {
  readonly make: ReturnType<typeof pushMaker>;
  readonly told: Told;
  readonly endMs: number;
}

async function send({ port }: Address, { make, told, endMs }: Sending): Promise<void> {
  const connection = new Connection(port);
  await connection.opened();
  while (performance.now() < endMs) {
    await take(told, async () => (await connection.exchange(make().request)) === 202);
    await rest(SENDER_REST_MS);
  }
  connection.close();
}

interface Reading {
  readonly routes: Map<string, Told>;
  /** Where among the routes it begins. */
  readonly first: number;
  readonly endMs: number;
}

async function read(address: Address, { routes, first, endMs }: Reading): Promise<void> {
  const visitor = new Visitor(address);
  for (let turn = first; performance.now() < endMs; turn += 1) {
    const [name, pathOf] = ROUTES[turn % ROUTES.length]!;
    await take(toldOf(routes, name), async () => (await visitor.read(pathOf(turn))) === 200);
    await rest(READER_REST_MS);
  }
  visitor.close();
}

async function take(told: Told, ask: () => Promise<boolean>): Promise<void> {
  const startMs = performance.now();
  const isGood = await ask().catch(() => false);
  if (isGood) told.tookMs.push(performance.now() - startMs);
  else told.errors += 1;
}

function toldOf(routes: Map<string, Told>, name: string): Told {
  const told = routes.get(name) ?? { tookMs: [], errors: 0 };
  routes.set(name, told);
  return told;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
