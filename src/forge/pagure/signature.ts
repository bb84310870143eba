/** Pagure's signatures: made as Pagure makes them, and checked so that the time taken tells nothing (TRUST.md §1). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from '../../kernel/random.js';

/** Lower-case hex over the raw body, no prefix. */
export interface Signatures {
  /** `X-Pagure-Signature`. */
  readonly sha1: string;
  /** `X-Pagure-Signature-256`. */
  readonly sha256: string;
}

/** The two headers as they arrived: undefined when absent; an empty one is present. */
export interface PresentedSignatures {
  readonly sha1: string | undefined;
  readonly sha256: string | undefined;
}

/** What may have signed a body. `keys` is empty for a project that nobody registered. */
export interface Signers {
  readonly keys: readonly string[];
  /** SHA-1 counts where no SHA-256 came (an old Pagure). */
  readonly allowSha1: boolean;
}

/** A project has at most three keys; as many are tried for every delivery. */
export const KEY_SLOTS = 3;

/** The key is used as UTF-8 text (`pagure/lib/tasks_services.py`). */
export function signBody(body: Buffer, key: string): Signatures {
  return { sha1: digest('sha1', body, key).toString('hex'), sha256: digest('sha256', body, key).toString('hex') };
}

/**
 * Checks signatures. Each call takes exactly three HMAC-SHA256 over the body, whatever the candidate: slots without a key
 * are filled with random ones made at start. SHA-1 adds three more where its header alone came, registered project or not.
 */
export class SignatureCheck {
  private readonly fillers: readonly string[];

  constructor(random: Random) {
    this.fillers = Array.from({ length: KEY_SLOTS }, () => random.hex(20));
  }

  /** Did one of the keys sign the body? A present SHA-256 header alone decides, a malformed one says no. */
  fits(body: Buffer, presented: PresentedSignatures, signers: Signers): boolean {
    const keys = [...signers.keys, ...this.fillers].slice(0, KEY_SLOTS);
    const bySha256 = this.anyKeySigned('sha256', body, presented.sha256, keys);
    if (presented.sha256 !== undefined || presented.sha1 === undefined) return bySha256;
    return this.anyKeySigned('sha1', body, presented.sha1, keys) && signers.allowSha1;
  }

  /** Every key is tried, also after one fitted. SHA-1 digests are 20 bytes, SHA-256 digests 32. */
  private anyKeySigned(
    hash: 'sha1' | 'sha256',
    body: Buffer,
    hex: string | undefined,
    keys: readonly string[],
  ): boolean {
    const claimed = readHex(hex, hash === 'sha1' ? 20 : 32);
    const matches = keys.map((key) => timingSafeEqual(digest(hash, body, key), claimed.bytes));
    return matches.includes(true) && claimed.isWellFormed;
  }
}

/** Could any key have made what was presented? A present SHA-256 decides. */
export function mayBeSigned({ sha1, sha256 }: PresentedSignatures): boolean {
  return sha256 === undefined ? readHex(sha1, 20).isWellFormed : readHex(sha256, 32).isWellFormed;
}

/** Bare lower-case hex of exactly `sizeBytes`; anything else becomes zeros that are marked as malformed. */
function readHex(hex: string | undefined, sizeBytes: number): { bytes: Buffer; isWellFormed: boolean } {
  const isWellFormed = hex !== undefined && hex.length === sizeBytes * 2 && /^[0-9a-f]+$/.test(hex);
  return { bytes: isWellFormed ? Buffer.from(hex, 'hex') : Buffer.alloc(sizeBytes), isWellFormed };
}

function digest(hash: 'sha1' | 'sha256', body: Buffer, key: string): Buffer {
  return createHmac(hash, key).update(body).digest();
}
