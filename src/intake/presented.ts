/** Which signatures a request presents. */
import { type PresentedSignatures, SIGNATURE_HEADERS } from '../forge/pagure-web-hook.js';
import type { ReceivedHeaders } from './kept-headers.js';

/** A header that is sent twice is joined by a comma: no signature has that shape. */
export function presented(headers: ReceivedHeaders): PresentedSignatures {
  return { sha1: single(headers[SIGNATURE_HEADERS.sha1]), sha256: single(headers[SIGNATURE_HEADERS.sha256]) };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
