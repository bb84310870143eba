/** Compiles rooms for a child Node.js process of a test: what dies or runs as somebody else must be a real process. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));
const OPTIONS = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };

/** Writes the rooms as JavaScript below `folder`, readable for everybody, and `program` next to them; returns its path. */
export function compileRooms(folder: string, rooms: readonly string[], program: string): string {
  chmodSync(folder, 0o755);
  for (const room of rooms) compileRoom(folder, room);
  writeFileSync(`${folder}/package.json`, '{"type":"module"}');
  writeFileSync(`${folder}/program.js`, program);
  return `${folder}/program.js`;
}

function compileRoom(folder: string, room: string): void {
  mkdirSync(`${folder}/${room}`, { recursive: true });
  for (const entry of readdirSync(`${SOURCE}${room}`, { withFileTypes: true })) {
    if (entry.isDirectory()) compileRoom(folder, `${room}/${entry.name}`);
    if (!entry.name.endsWith('.ts')) continue;
    const text = readFileSync(`${SOURCE}${room}/${entry.name}`, 'utf8');
    const { outputText } = ts.transpileModule(text, { compilerOptions: OPTIONS });
    writeFileSync(`${folder}/${room}/${entry.name.replace(/ts$/, 'js')}`, outputText);
  }
}
