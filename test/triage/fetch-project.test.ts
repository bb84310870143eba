/** One fetch answers all events of a project that were told of before it began, and no other. */
import { describe, expect, it } from 'vitest';
import type { Forges } from '../../src/forge/forges.js';
import type { FetchSource } from '../../src/git/git.js';
import { Fault } from '../../src/kernel/errors.js';
import type { Event } from '../../src/model/event.js';
import { Events } from '../../src/store/events.js';
import { FetchProject } from '../../src/triage/fetch-project.js';
import { EmptyGit } from '../api/empty-git.js';
import { newDelivery, openStore, registerProject } from '../store/open-store.js';

/** Its fetches end when the test says so. */
class HeldGit extends EmptyGit {
  readonly fetched: FetchSource[] = [];
  private readonly ends: ((error?: Error) => void)[] = [];

  override fetch(source?: FetchSource): Promise<void> {
    this.fetched.push(source!);
    return new Promise((resolve, reject) => this.ends.push((error) => (error ? reject(error) : resolve())));
  }

  /** The oldest that has not ended; waits until there is one. */
  async end(error?: Error): Promise<void> {
    while (this.ends.length === 0) await new Promise((wake) => setImmediate(wake));
    this.ends.shift()!(error);
  }
}

async function opened() {
  const house = await openStore();
  const events = new Events(house.store);
  const git = new HeldGit();
  const forge = { cloneUrl: ({ fullname }: { fullname: string }) => `https://p.example/${fullname}.git` };
  const forges = { of: () => ({ ...forge, gitAuthorization: (token: string | null) => token }) };
  const fetching = new FetchProject(house.projects, events, forges as unknown as Forges, git);
  const projectId = await registerProject(house, 'lab');
  const project = async () => (await house.projects.byId(projectId))!;
  const event = async (name: string): Promise<Event> => {
    const { eventId } = await house.deliveries.accept(newDelivery(projectId, name));
    return (await events.byId(eventId!))!;
  };
  return { ...house, git, fetching, project, event, projectId };
}

describe('the fetch of an event', () => {
  it('answers all that were stored before it began', async () => {
    const { git, fetching, project, event } = await opened();
    const [one, two, three] = [await event('1'), await event('2'), await event('3')];
    const first = fetching.fetchFor(await project(), one);
    const second = fetching.fetchFor(await project(), two);
    await git.end();
    await Promise.all([first, second]);
    await fetching.fetchFor(await project(), three);
    expect(git.fetched).toHaveLength(1);
  });

  it('does not answer one that was stored when it had begun: what that tells of may be missing', async () => {
    const { git, fetching, project, event } = await opened();
    const first = fetching.fetchFor(await project(), await event('1'));
    while (git.fetched.length === 0) await new Promise((wake) => setImmediate(wake));
    const second = fetching.fetchFor(await project(), await event('2'));
    await git.end();
    await git.end();
    await Promise.all([first, second]);
    expect(git.fetched).toHaveLength(2);
  });

  it('does not answer one that is looked at again: it waits for what that fetch did not show', async () => {
    const { git, fetching, project, event } = await opened();
    const told = await event('1');
    for (const again of [told, { ...told, waits: 1 }, { ...told, tries: 2 }, { ...told, state: 'done' as const }]) {
      const fetched = fetching.fetchFor(await project(), again);
      await git.end();
      await fetched;
    }
    expect(git.fetched).toHaveLength(4);
  });

  it('that fails fails for all that it answers, and the next one asks again', async () => {
    const { git, fetching, project, event } = await opened();
    const [one, two] = [await event('1'), await event('2')];
    const both = [fetching.fetchFor(await project(), one), fetching.fetchFor(await project(), two)];
    const said = both.map((each) => each.catch((error: unknown) => error));
    await git.end(new Fault('the forge is down', { retryable: false }));
    for (const error of await Promise.all(said)) expect(error).toMatchObject({ retryable: true });
    const third = fetching.fetchFor(await project(), await event('3'));
    await git.end();
    expect(await third).toEqual({ defaultBranch: null });
    expect(git.fetched).toHaveLength(2);
  });

  it('does not answer for another repository than it was of', async () => {
    const { git, fetching, project, projects, store, event, projectId } = await opened();
    const [one, two] = [await event('1'), await event('2')];
    const first = fetching.fetchFor(await project(), one);
    await git.end();
    await first;
    const repository = { url: 'ssh://git@p.example/lab.git', sshKey: 'KEY', hostKeys: ['ssh-ed25519 AAAA'] };
    await store.commit((tx) => projects.repositories.set(tx, projectId, repository));
    const second = fetching.fetchFor(await project(), two);
    await git.end();
    await second;
    expect(git.fetched[1]).toEqual({
      ...{ projectId, url: repository.url, authorization: null },
      ssh: { privateKey: 'KEY', hostKeys: repository.hostKeys },
    });
  });
});
