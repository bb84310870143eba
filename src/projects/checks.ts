/** What single values of projects, pipelines and tokens must look like; the same for REST and for the configuration file. */
import { isJsonObject, type Json } from '../kernel/json.js';
import { messageOf } from '../kernel/errors.js';
import { compilePattern } from '../pipeline/index.js';
import { type CommandWords, faultOfWords } from '../model/parse-command.js';
import { normaliseInstance } from '../model/project.js';
import type { Check } from './must.js';

const NAME = '[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}';
const FULLNAME = new RegExp(`^(?:forks/${NAME}/)?(?:(?!forks/)${NAME}/)?${NAME}$`);
const URL_LENGTH = 500;
const SSH_URL =
  /^ssh:\/\/(?:\w[\w.-]*@)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?\/[\w.~+][\w.~/+-]*$/;
const FILE_URL = /^file:\/\/\/[^\s\\?#]+$/;
const PRIVATE_KEY =
  /^-----BEGIN ([A-Z ]*)PRIVATE KEY-----\r?\n[A-Za-z0-9+/=\r\n:, -]+\r?\n-----END \1PRIVATE KEY-----$/;
const HOST_KEY =
  /^(?:[!-~]+ )?(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp(?:256|384|521)) AAAA[A-Za-z0-9+/]{20,}={0,2}(?: [ -~]*)?$/;

/** Where a Pagure is found; `normaliseInstance` then gives the one spelling that is stored. */
export const instanceUrl: Check = (value) => {
  const says = 'must be the http or https URL of a Pagure, without user, query or fragment';
  return typeof value === 'string' && isPlainWebUrl(value) ? null : says;
};

/** `lab`, `rpms/bash`, `forks/bob/lab`, `forks/bob/rpms/bash` (FACTS §1). */
export const fullname: Check = (value) =>
  typeof value === 'string' && value.length <= 255 && FULLNAME.test(value)
    ? null
    : 'must be the full name of a project, such as lab, rpms/bash, forks/bob/lab or forks/bob/rpms/bash';

/** Pagure's own keys are 40 ASCII characters; blanks are refused because they come from copying. */
export const hookKey: Check = (value) => printable(value, 16, 128);

/** An API token of the forge (Pagure's are 64 characters), or null for none. */
export const tokenOrNull: Check = (value) => (value === null ? null : printable(value, 16, 255));

/** As git and ssh read it alike; the egress policy then judges where it leads. */
export const repositoryUrl: Check = (value) =>
  typeof value === 'string' && value.length <= URL_LENGTH && (SSH_URL.test(value) || FILE_URL.test(value))
    ? null
    : 'must be an ssh URL such as ssh://git@pagure.example.org/lab.git, or a file URL';

const LONGEST_KEY = 16 * 1024;

export const sshKey: Check = (value) => {
  const isKey = typeof value === 'string' && value.length <= LONGEST_KEY && PRIVATE_KEY.test(value.trim());
  if (!isKey) return 'must be a private key as ssh-keygen writes it';
  return isSealedKey(value) ? 'must be a private key without a passphrase: nobody is there to type it' : null;
};

/** As `ssh-keyscan` prints it, or without the name. */
export const hostKey: Check = (value) =>
  typeof value === 'string' && value.length <= 4_096 && HOST_KEY.test(value)
    ? null
    : 'must be keys of a host such as ssh-ed25519 AAAA…';

export const pipelineName: Check = (value) =>
  typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value)
    ? null
    : 'must be 1 to 100 letters, digits, dots, dashes and underscores, a letter or digit first';

/** No pipeline has so many; what is compared and shown is so by lines. */
const MOST_LINES = 100_000;

/** The language says the rest, with a place for everything (`readPipeline`). */
export const pipelineText: Check = (value) =>
  typeof value === 'string' && hasFewLines(value)
    ? null
    : `must be the text of a pipeline, at most ${MOST_LINES.toLocaleString('en')} lines`;

/** A line that people read: names of tokens, reasons. */
export const lineOfText: Check = (value) =>
  typeof value === 'string' && /^[^\p{Cc}\p{Cs}\u2028\u2029]{1,200}$/u.test(value) && value.trim() !== ''
    ? null
    : 'must be one line of 1 to 200 characters';

export const rowId: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? null : 'must be an id, a whole number from 1';

export const versionNumber: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? null : 'must be the number of a version, a whole number from 1';

/** UTC, with at most milliseconds: `2027-01-31T12:00:00Z`. */
export const time: Check = (value) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(value) &&
  !Number.isNaN(Date.parse(value))
    ? null
    : 'must be a time in UTC such as 2027-01-31T12:00:00Z';

export const flag: Check = (value) => (typeof value === 'boolean' ? null : 'must be true or false');

export const flagsPer: Check = (value) => (value === 'pipeline' || value === 'job' ? null : 'must be pipeline or job');

export const strangers: Check = (value) =>
  value === 'approval' || value === 'never' ? null : 'must be approval or never';

export const jobCount: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 64
    ? null
    : 'must be a whole number from 1 to 64';

/** As GitHub has them; case is ignored. */
export const secretName: Check = (value) =>
  typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(value) && !/^GITHUB_/i.test(value)
    ? null
    : 'must be 1 to 100 letters, digits and underscores, no digit first, and must not begin with GITHUB_';

const LARGEST_SECRET = 64 * 1024;

export const secretValue: Check = (value) =>
  typeof value === 'string' && value !== '' && !value.includes('\0') && Buffer.byteLength(value) <= LARGEST_SECRET
    ? null
    : 'must be a text of at most 64 KiB, not empty, without NUL';

/** A pattern of filters: of branches by their bare names (`release/*`), of anything by full refs (`refs/heads/x`). */
export const refPattern: Check = (value) => {
  if (typeof value !== 'string' || value.length > 255) return 'must be a pattern of a ref, such as release/*';
  try {
    compilePattern(value.replace(/^!/, ''));
    return null;
  } catch (error) {
    return `must be a pattern of a ref: ${messageOf(error)}`;
  }
};

export const nothing: Check = (value) => (value === null ? null : 'must be null');

export const commandWords: Check = (value) => {
  const isTexts = isJsonObject(value as Json) && Object.values(value as object).every((one) => typeof one === 'string');
  return isTexts ? faultOfWords(value as CommandWords) : 'must be an object of texts';
};

export const jsonObject: Check = (value) => (isJsonObject(value as Json) ? null : 'must be an object');

/** PEM says so in a header; the format of OpenSSH names its cipher first. */
function isSealedKey(text: string): boolean {
  if (/ENCRYPTED/.test(text)) return true;
  const body = Buffer.from(text.replace(/-----[^-]*-----/g, ''), 'base64');
  const magic = 'openssh-key-v1\0';
  if (body.subarray(0, magic.length).toString('latin1') !== magic) return false;
  const length = body.length < magic.length + 4 ? 0 : body.readUInt32BE(magic.length);
  return body.subarray(magic.length + 4, magic.length + 4 + length).toString('latin1') !== 'none';
}

function hasFewLines(text: string): boolean {
  let [lines, at] = [1, text.indexOf('\n')];
  for (; at >= 0 && lines <= MOST_LINES; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines <= MOST_LINES;
}

function printable(value: unknown, min: number, max: number): string | null {
  const isFine = typeof value === 'string' && value.length >= min && value.length <= max && /^[!-~]*$/.test(value);
  return isFine ? null : `must be ${min} to ${max} printable ASCII characters without blanks`;
}

/** WHATWG parsing drops tabs and turns `\` into `/`: other programs would read another URL, so both are refused. */
function isPlainWebUrl(text: string): boolean {
  if (text.length > URL_LENGTH || /[\s\\\p{Cc}]/u.test(text) || normaliseInstance(text) === null) return false;
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === '');
}
