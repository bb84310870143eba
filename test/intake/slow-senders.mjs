/** A process of its own: opens slow connections to the door and keeps them open, each dripping a byte now and then. */
import { connect } from 'node:net';

/** A head that never ends, a small body, a large one that stalls, and one that says nothing. */
const BEGINNINGS = [
  'POST /hooks/pagure HTTP/1.1\r\nHost: x\r\nX-Slow: ',
  'POST /hooks/pagure HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{',
  `POST /hooks/pagure HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 33000000\r\n\r\n${'['.repeat(300_000)}`,
  '',
];

const sockets = new Set();
let opened = 0;

process.on('message', ({ port, connections }) => {
  for (let count = 0; count < connections; count++) open(port, BEGINNINGS[count % BEGINNINGS.length]);
  setInterval(() => {
    for (const socket of sockets) socket.write('1');
  }, 500);
});
process.on('disconnect', () => process.exit(0));

/** One that is closed is opened again. */
function open(port, beginning) {
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(beginning);
    sockets.add(socket);
    opened += 1;
    process.send(opened);
  });
  socket.resume();
  socket.on('error', () => undefined);
  socket.on('close', () => {
    sockets.delete(socket);
    setTimeout(() => open(port, beginning), 100);
  });
}
