/** The load generator, a process of its own: signs in advance, posts over keep-alive connections, measures each answer. */
import { Connection } from './connection.js';
import { takeOrders } from './orders.js';
import { pushMaker, type SignedPush } from './signed-pushes.js';

export interface LoadOrder {
  readonly root: string;
  /** Another number for each order: no msg_id comes twice. */
  readonly series: number;
  readonly port: number;
  readonly connections: number;
  /** It ends when so many were sent or so many seconds have passed, whichever is first. */
  readonly deliveries: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

takeOrders(run);

async function run(order: LoadOrder): Promise<LoadResult> {
  const make = pushMaker({ ...order, nowMs: Date.now() });
  const pushes = Array.from({ length: order.deliveries }, make);
  const connections = Array.from({ length: order.connections }, () => new Connection(order.port));
  await Promise.all(connections.map((connection) => connection.opened()));
  const started = performance.now();
  const stack = { pushes, endMs: started + order.seconds * 1000, tookMs: [] as number[] };
  await Promise.all(connections.map((connection) => work(connection, stack)));
  const elapsedMs = performance.now() - started;
  for (const connection of connections) connection.close();
  return measured(stack.tookMs, elapsedMs);
}

interface Stack {
  readonly pushes: SignedPush[];
  readonly endMs: number;
  readonly tookMs: number[];
}

async function work(connection: Connection, { pushes, endMs, tookMs }: Stack): Promise<void> {
  for (let sentMs = performance.now(); sentMs < endMs;) {
    const push = pushes.pop();
    if (push === undefined) return;
    const status = await connection.exchange(push.request);
    if (status !== 202) throw new Error(`${push.msgId} was answered with ${status}`);
    const nowMs = performance.now();
    tookMs.push(nowMs - sentMs);
    sentMs = nowMs;
  }
}

function measured(tookMs: number[], elapsedMs: number): LoadResult {
  tookMs.sort((a, b) => a - b);
  const at = (part: number) => tookMs[Math.floor((tookMs.length - 1) * part)] ?? Number.NaN;
  return { answered: tookMs.length, perSecond: (tookMs.length / elapsedMs) * 1000, p50Ms: at(0.5), p99Ms: at(0.99) };
}
