/** One server to be measured or traced: `server.js KIND FOLDER [SYNCHRONOUS]`; says on standard output where it listens. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Store } from '../../src/store/store.js';
import { bareRoute, routeWithOneHmac, routeWithOneInsert } from './bare-route.js';
import { openDoor } from './door.js';
import { TransactionPerRequest } from './transaction-per-request.js';

const HOST = '127.0.0.1';

/** `hmac` and `bare` store nothing, `insert` one synced row; `door` is the product, `transactions` stores as TypeORM would. */
export type ServerKind = 'hmac' | 'bare' | 'insert' | 'door' | 'transactions';

const LISTEN: Record<ServerKind, (file: string, synchronous: string) => Promise<AddressInfo>> = {
  hmac: () => listen(routeWithOneHmac()),
  bare: () => listen(bareRoute()),
  insert: (file) => listen(routeWithOneInsert(file)),
  door: async (file, synchronous) => {
    const store = await Store.open(file);
    store.native.pragma(`synchronous = ${synchronous}`);
    return listenAtDoor(openDoor(store));
  },
  transactions: async (file) => {
    const store = await Store.open(file);
    return listenAtDoor(openDoor(store, new TransactionPerRequest(store)));
  },
};

const [kind = 'door', folder = '.', synchronous = 'FULL'] = process.argv.slice(2);
const { port } = await LISTEN[kind as ServerKind](join(folder, `${kind}.sqlite`), synchronous);
console.log(`listens on ${port}`);

async function listen(app: ReturnType<typeof bareRoute>): Promise<AddressInfo> {
  await app.listen({ port: 0, host: HOST });
  return app.server.address() as AddressInfo;
}

async function listenAtDoor(opening: ReturnType<typeof openDoor>): Promise<AddressInfo> {
  const app = await opening;
  await app.listen(0, HOST);
  return app.getHttpServer().address() as AddressInfo;
}
