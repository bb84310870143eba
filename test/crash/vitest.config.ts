/** How the long tests of crashes run: `npm run test:crash`. */
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: {
    include: ['test/{crash,system}/*.long.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 2,
    pool: 'forks',
    fileParallelism: false,
  },
});
