/** What a ref of a bare mirror names, read where git keeps it: starting git costs a hundred times as much. */
import { readFile } from 'node:fs/promises';
import { isObjectId } from '../names.js';

/** Null for what is not plainly there, which git itself must be asked about. `ref` is a checked name. */
export async function refInFiles(mirror: string, ref: string): Promise<string | null> {
  const own = await readFile(`${mirror}/${ref}`, 'utf8').catch(() => null);
  const id = own === null ? await packed(mirror, ref) : own.trimEnd();
  return id !== null && isObjectId(id) ? id : null;
}

/** Lines of `<id> <ref>`. */
async function packed(mirror: string, ref: string): Promise<string | null> {
  const text = await readFile(`${mirror}/packed-refs`, 'utf8').catch(() => '');
  const end = text.indexOf(` ${ref}\n`);
  return end < 40 ? null : text.slice(end - 40, end);
}
