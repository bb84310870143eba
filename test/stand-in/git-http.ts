/** A small smart-http git server for tests and the demo: `git http-backend` behind a plain node:http handler, read-only. */
import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface GitHttpOptions {
  /** May this request read the repository? `path` is `/rpms/bash.git`. False is answered with 404, as Pagure does. */
  readonly authorize?: (path: string, authorization: string | null) => boolean;
  /** Pagure's own server speaks v0, whatever the client asks for. Default `v0`. */
  readonly protocol?: 'v0' | 'v2';
}

/** Takes a request for git and says true; says false to all others, which it leaves alone. */
export type GitHttpHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

const SERVICE = /^(\/[^?]+\.git)(\/info\/refs|\/git-upload-pack)$/;

/** Serves every repository below `root` at `/<path below root>/…`. Answers are passed on as they come. */
export function gitHttpHandler(root: string, options: GitHttpOptions = {}): GitHttpHandler {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, path, service] = SERVICE.exec(decodeURIComponent(url.pathname)) ?? [];
    if (path === undefined || service === undefined) return false;
    const allowed = options.authorize?.(path, request.headers.authorization ?? null) ?? true;
    if (allowed) runBackend(request, response, environment(root, request, url, options));
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found\n');
    return true;
  };
}

function environment(root: string, request: IncomingMessage, url: URL, options: GitHttpOptions): NodeJS.ProcessEnv {
  const version = request.headers['git-protocol'];
  return {
    PATH: process.env['PATH'],
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    ...(options.protocol === 'v2' && typeof version === 'string' ? { GIT_PROTOCOL: version } : {}),
  };
}

function runBackend(request: IncomingMessage, response: ServerResponse, env: NodeJS.ProcessEnv): void {
  request.socket.setNoDelay(true);
  const backend = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => request.unpipe());
  backend.on('error', () => response.destroy());
  response.on('close', () => backend.kill());
  passOn(backend.stdout, response);
}

/** Turns the head of a CGI answer into that of an HTTP one and passes the rest on unread. */
function passOn(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    output.off('data', readHead);
    writeHead(head.toString('latin1', 0, end), response);
    response.write(head.subarray(end + 4));
    output.pipe(response);
  };
  output.on('data', readHead);
  output.on('end', () => response.end());
}

function writeHead(head: string, response: ServerResponse): void {
  const fields = head.split('\r\n').map((line) => /^([^:]+): *(.*)$/.exec(line) ?? ['', '', '']);
  const status = fields.find(([, name = '']) => name.toLowerCase() === 'status')?.[2];
  for (const [, name = '', value = ''] of fields)
    if (name && name.toLowerCase() !== 'status') response.setHeader(name, value);
  response.writeHead(status === undefined ? 200 : Number.parseInt(status, 10));
}
