// Answers everything at once with the same bytes, on bare sockets: what is measured against it is the client.
import { createServer } from 'node:net';

const body = '{"order_id":"ord_00000000000000000000000000"}';
const reply = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => socket.write(reply));  // the client never sends two at once, and a request is one segment
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
process.once('SIGTERM', () => process.exit(0));
