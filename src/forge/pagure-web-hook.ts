/** A web-hook of Pagure from both ends: what a door needs to judge one, and what a sender needs to make one. */
import type { Random } from '../kernel/random.js';
import type { JsonObject } from '../kernel/json.js';
import { type ForgeIdentity, normaliseInstance } from '../model/project.js';
import { type Candidate, findCandidate } from './pagure/candidate.js';
import { contradictionIn, readEnvelope, type ReadEnvelope, signedNames } from './pagure/envelope.js';
import { identityIn } from './pagure/identity.js';
import { type Envelope, envelopeBytes } from './pagure/message.js';
import {
  KEY_SLOTS,
  mayBeSigned,
  type PresentedSignatures,
  signBody,
  SignatureCheck,
  type Signers,
} from './pagure/signature.js';

export { KEY_SLOTS };
export type { Candidate, Envelope, PresentedSignatures, ReadEnvelope, Signers };

/** Names of the headers in lower case, as Node gives them. Only the signatures prove anything (FACTS §1). */
export const SIGNATURE_HEADERS = { sha1: 'x-pagure-signature', sha256: 'x-pagure-signature-256' } as const;

/** The receiving end. One per process: its filler keys are made at start. */
export class PagureWebHook {
  private readonly signatures: SignatureCheck;
  /** Nearly all deliveries come from one Pagure: its address is taken apart once. */
  private lastInstance: { readonly spelling: string; readonly normal: string | null } = { spelling: '', normal: null };

  constructor(random: Random) {
    this.signatures = new SignatureCheck(random);
  }

  /** Which project the raw bytes claim to be about, the instance normalised. Proves nothing. */
  candidate(body: Buffer): Candidate {
    const { fullname, instance } = findCandidate(body);
    return { fullname, instance: this.normalise(instance) };
  }

  /** Takes the same time whoever asks: always three HMAC-SHA256 over the body. */
  isSignedBy(signers: Signers, body: Buffer, presented: PresentedSignatures): boolean {
    return this.signatures.fits(body, presented, signers);
  }

  /** For signed bytes alone. Throws a Refusal (`invalid`) when they are not the envelope or nest too deep. */
  read(body: Buffer): ReadEnvelope {
    return readEnvelope(body);
  }

  /** What the signed message says of where it comes from. */
  names(msg: JsonObject): Candidate {
    const { fullname, instance } = signedNames(msg);
    return { fullname, instance: this.normalise(instance) };
  }

  /** Which other project the message tells of, for people, or null. */
  contradiction(msg: JsonObject, fullname: string): string | null {
    return contradictionIn(msg, { fullname });
  }

  /** What the message says Pagure numbers the project with, or null. */
  identity(msg: JsonObject, fullname: string): ForgeIdentity | null {
    return identityIn(msg, fullname);
  }

  /** Has a signature the shape of one? Any other fits no key there will ever be. */
  mayBeSigned(presented: PresentedSignatures): boolean {
    return mayBeSigned(presented);
  }

  private normalise(spelling: string | null): string | null {
    if (spelling === null) return null;
    if (spelling !== this.lastInstance.spelling) this.lastInstance = { spelling, normal: normaliseInstance(spelling) };
    return this.lastInstance.normal;
  }
}

/** What is sent: Pagure's own headers in Pagure's spelling, and the raw body. */
export interface MadeWebHook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The sending end, as `call_web_hooks` of `pagure/lib/tasks_services.py` does it; `instance` as Pagure spells its APP_URL. */
export function makeWebHook(
  project: { instance: string; fullname: string; key: string },
  envelope: Envelope,
): MadeWebHook {
  const msg = { ...envelope.msg, pagure_instance: project.instance, project_fullname: project.fullname };
  const body = envelopeBytes({ ...envelope, msg });
  const signatures = signBody(body, project.key);
  const headers = {
    'User-Agent': 'python-requests/2.28.1',
    'Accept-Encoding': 'gzip, deflate',
    Accept: '*/*',
    Connection: 'keep-alive',
    'Content-Type': 'application/json',
    'X-Pagure': project.instance,
    'X-Pagure-project': project.fullname,
    'X-Pagure-Signature': signatures.sha1,
    'X-Pagure-Signature-256': signatures.sha256,
    'X-Pagure-Topic': envelope.topic,
    'Content-Length': String(body.length),
  };
  return { headers, body };
}
