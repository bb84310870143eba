/** Which version of a pipeline somebody got, so that `put` replaces that one and no other. */
import { join } from 'node:path';
import type { VerbCall } from '../verb.js';
import { readPrivateFile, stateFolder, writePrivateFile } from './private-file.js';

/** As many as are remembered; the oldest are forgotten first. */
const MOST = 200;

export interface GotPlace {
  readonly url: string;
  readonly projectId: number;
  readonly name: string;
}

export class GotPipelines {
  private readonly path: string;

  constructor(env: VerbCall['env']) {
    this.path = join(stateFolder(env), 'got-pipelines.json');
  }

  async etagOf(place: GotPlace): Promise<string | null> {
    const etag = (await readPrivateFile(this.path))[keyOf(place)];
    return typeof etag === 'string' ? etag : null;
  }

  async remember(place: GotPlace, etag: string): Promise<void> {
    const { [keyOf(place)]: _older, ...others } = await readPrivateFile(this.path);
    const kept = Object.entries(others).slice(-(MOST - 1));
    await writePrivateFile(this.path, { ...Object.fromEntries(kept), [keyOf(place)]: etag });
  }
}

function keyOf({ url, projectId, name }: GotPlace): string {
  return `${url}/api/v1/projects/${projectId}/pipelines/${name}`;
}
