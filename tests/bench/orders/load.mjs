// Shoppers at once: each connection is kept and sends its next request as soon as its last one is answered. Written on bare
// sockets, because the client shares its cores with the server that it measures.
import { connect } from 'node:net';

const header_end = Buffer.from('\r\n\r\n');

// The bytes of one request; `port` for its Host.
export function request_bytes(port, method, path, fields, body) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`,
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)];
  if (text) lines.push('Content-Type: application/json');
  if (method !== 'GET') lines.push(`Content-Length: ${Buffer.byteLength(text)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}

// Nothing while the reply is not whole.
function parse_reply(bytes) {
  const end = bytes.indexOf(header_end);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  const whole = end + header_end.length + Number(length?.[1] ?? 0);
  if (bytes.length < whole) return undefined;
  return { status: Number(head.slice(9, 12)), head, body: bytes.toString('utf8', end + header_end.length, whole) };
}

class Shopper {
  constructor(port, take) {
    this.take = take;  // the number of the next request, or undefined
    this.received = Buffer.alloc(0);
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.connected = new Promise((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('error', reject);
    });
  }

  // Until there is no next request, or the server is gone.
  run(requests, note) {
    return new Promise((resolve) => {
      let number;
      let sent = 0;
      const next = () => {
        number = this.take();
        if (number === undefined) { this.socket.end(); return resolve(); }
        sent = performance.now();
        this.socket.write(requests[number]);
      };
      this.socket.on('data', (bytes) => {
        this.received = this.received.length === 0 ? bytes : Buffer.concat([this.received, bytes]);
        const reply = parse_reply(this.received);
        if (!reply) return;
        this.received = Buffer.alloc(0);
        note(number, reply, performance.now() - sent);
        next();
      });
      this.socket.on('error', () => {});
      this.socket.on('close', resolve);
      next();
    });
  }
}

// `replies[i]` answers `requests[i]`; it is missing where the server died first. `ms` is of the answered ones.
export async function fire({ port, requests, connections, on_reply = () => {} }) {
  let taken = 0;
  const take = () => (taken < requests.length ? taken++ : undefined);
  const shoppers = Array.from({ length: Math.min(connections, requests.length) }, () => new Shopper(port, take));
  await Promise.all(shoppers.map((each) => each.connected));
  const replies = new Array(requests.length);
  const ms = [];
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await Promise.all(shoppers.map((each) => each.run(requests, (number, reply, took) => {
    replies[number] = reply;
    ms.push(took);
    on_reply(ms.length);
  })));
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  ms.sort((a, b) => a - b);
  return { replies, ms, seconds, per_second: ms.length / seconds, client_share: (user + system) / 1e6 / seconds };
}

export const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
