/** `npm run build`: compiles the program and puts its command line together. */
import { resolve } from 'node:path';
import { buildOutput } from './set-up/build.mjs';

await buildOutput(resolve(import.meta.dirname, '..'));
