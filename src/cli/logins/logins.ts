/** The servers that somebody is signed in to, each with its token, and the one that verbs ask unless told otherwise. */
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../kernel/json.js';
import { UsageError, type VerbCall } from '../verb.js';
import { configFolder, readPrivateFile, writePrivateFile } from './private-file.js';

export interface Login {
  readonly url: string;
  readonly token: string;
}

export class Logins {
  private readonly path: string;

  constructor(private readonly env: VerbCall['env']) {
    this.path = join(configFolder(env), 'logins.json');
  }

  /**
   * Of the server that is named, else that of the environment (PAGURE_ACTIONS_URL), else that of the last login. Null when
   * there is no token for it. The token of the environment goes to the server of the environment alone.
   */
  async find(named: string | undefined): Promise<Login | null> {
    const { PAGURE_ACTIONS_URL: ofEnv, PAGURE_ACTIONS_TOKEN: token } = this.env;
    const envUrl = ofEnv ? serverUrl(ofEnv, 'PAGURE_ACTIONS_URL') : undefined;
    if (token && envUrl === undefined) throw new UsageError('PAGURE_ACTIONS_TOKEN needs PAGURE_ACTIONS_URL beside it');
    const url = named === undefined ? envUrl : serverUrl(named, '--url');
    if (token && envUrl !== undefined && (url ?? envUrl) === envUrl) return { url: envUrl, token };
    return this.stored(url);
  }

  /** Its URL becomes the one that verbs ask. Resolves with the file's path. */
  async keep({ url, token }: Login): Promise<string> {
    await writePrivateFile(this.path, { current: url, servers: { ...(await this.servers()), [url]: { token } } });
    return this.path;
  }

  /** Forgets one token; resolves with false when there was none. */
  async forget(url: string): Promise<boolean> {
    const { [url]: gone, ...rest } = await this.servers();
    if (gone === undefined) return false;
    const current = await this.current();
    const next = current === url ? (Object.keys(rest).at(-1) ?? null) : current;
    await writePrivateFile(this.path, { current: next, servers: rest });
    return true;
  }

  async current(): Promise<string | null> {
    const { current } = await readPrivateFile(this.path);
    return typeof current === 'string' ? current : null;
  }

  private async stored(named: string | undefined): Promise<Login | null> {
    const url = named ?? (await this.current());
    const entry = url === null ? undefined : (await this.servers())[url];
    const token = isJsonObject(entry) ? entry['token'] : undefined;
    return url !== null && typeof token === 'string' ? { url, token } : null;
  }

  private async servers(): Promise<JsonObject> {
    const { servers } = await readPrivateFile(this.path);
    return isJsonObject(servers) ? servers : {};
  }
}

/** Scheme, host and path without a slash at the end. Throws a UsageError that names where it was written. */
export function serverUrl(text: string, where: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`${where}: "${text}" is no web address; write it like https://ci.example.org`);
  if (url.username !== '' || url.password !== '')
    throw new UsageError(`${where}: an address holds no name and no password; the token is asked for`);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
