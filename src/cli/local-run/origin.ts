/** Which project a clone is of, as far as its remote tells. Pure. */
import { posix } from 'node:path';
import type { ForgeProject } from '../../forge/forge.js';

const USUAL_INSTANCE = 'https://pagure.io';

/** @param folder absolute; its name is the project's where the remote tells nothing. */
export function originOf(url: string | null, folder: string): ForgeProject {
  const named = { instance: USUAL_INSTANCE, fullname: posix.basename(folder) || 'project' };
  if (url === null) return named;
  const scp = /^(?:[^@/:]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(url);
  if (scp) return projectAt(`https://${scp[1]}`, scp[2] ?? '', named);
  if (!URL.canParse(url)) return named;
  const { protocol, host, hostname, pathname } = new URL(url);
  if (host === '') return named;
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return projectAt(isWeb ? `${protocol}//${host}` : `https://${hostname}`, decoded(pathname), named);
}

function projectAt(instance: string, path: string, named: ForgeProject): ForgeProject {
  const fullname = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return { instance, fullname: fullname === '' ? named.fullname : fullname };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
