/** Answers what is no request at all, before the framework sees one: headers that are too large or never end, bytes that are no HTTP. */
import type { ProblemDetails } from './problem-details.js';

/** What Node says of it. */
export interface BrokenRequest extends Error {
  readonly code?: string;
}

/** What must be known of its socket. */
export interface BrokenSocket {
  readonly destroyed: boolean;
  readonly writable: boolean;
  write(answer: string): unknown;
  destroy(): unknown;
}

type Words = Pick<ProblemDetails, 'status' | 'title' | 'code' | 'detail'>;

const BROKEN: Words = {
  ...{ status: 400, title: 'Bad Request', code: 'bad-request' },
  detail: 'The request is not well-formed HTTP.',
};
const BY_CODE: Readonly<Record<string, Words>> = {
  HPE_HEADER_OVERFLOW: {
    ...{ status: 431, title: 'Request Header Fields Too Large', code: 'bad-request' },
    detail: 'The headers of the request are too large.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    ...{ status: 408, title: 'Request Timeout', code: 'body-too-slow' },
    detail: 'The request was not complete in time.',
  },
};

/** For Node's `clientError`: ends the connection, with an answer where one can still be read. */
export function answerBrokenRequest(broken: BrokenRequest, socket: BrokenSocket): void {
  if (broken.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(answerOf(BY_CODE[broken.code ?? ''] ?? BROKEN));
  socket.destroy();
}

function answerOf(words: Words): string {
  const body = JSON.stringify({ type: 'about:blank', ...words });
  const head = [
    `HTTP/1.1 ${words.status} ${words.title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
