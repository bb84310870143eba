/** Sealing at rest: AES-256-GCM under the master key, bound to the place where the value stands. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { Fault } from '../kernel/errors.js';
import type { Random } from '../kernel/random.js';

/** Where a sealed value stands: it opens nowhere else (a row copied onto another project's does not open). */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  readonly projectId: number;
  readonly row: string;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Holds the keys derived from the 32-byte master key. Layout of a sealed value: version, nonce, tag, ciphertext. */
export class Seal {
  private readonly sealing: Buffer;
  private readonly printing: Buffer;

  constructor(
    masterKey: Buffer,
    private readonly random: Random,
  ) {
    this.sealing = Buffer.from(hkdfSync('sha256', masterKey, '', 'pagure-actions seal', 32));
    this.printing = Buffer.from(hkdfSync('sha256', masterKey, '', 'pagure-actions fingerprint', 32));
  }

  seal(value: string | Buffer, place: SealedPlace): Buffer {
    const nonce = this.random.bytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.sealing, nonce).setAAD(associatedData(place));
    const plain = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    const sealed = [cipher.update(plain), cipher.final()];
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), ...sealed]);
  }

  /** Throws a Fault when the master key is another one or the value was moved or changed. */
  open(sealed: Buffer, place: SealedPlace): string {
    return this.openBytes(sealed, place).toString('utf8');
  }

  /** The same, of bytes that are no text. */
  openBytes(sealed: Buffer, place: SealedPlace): Buffer {
    try {
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', this.sealing, nonce)
        .setAAD(associatedData(place))
        .setAuthTag(tag);
      const rest = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(rest), decipher.final()]);
    } catch (cause) {
      const where = `${place.table}.${place.column} of project ${place.projectId}`;
      throw new Fault(`${where} does not open: is this the master key it was sealed under?`, {
        cause,
        retryable: false,
      });
    }
  }

  /** Would `open` give its value? */
  opens(sealed: Buffer, place: SealedPlace): boolean {
    try {
      this.open(sealed, place);
      return true;
    } catch {
      return false;
    }
  }

  /** A keyed hash by which equal values are found without opening any. */
  fingerprint(value: string): string {
    return createHmac('sha256', this.printing).update(value, 'utf8').digest('hex');
  }
}

function associatedData(place: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, place.table, place.column, place.projectId, place.row]), 'utf8');
}
