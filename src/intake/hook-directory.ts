/** Finds the registered project that a delivery claims to be about, by the names in its raw bytes. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Candidate } from '../forge/pagure-web-hook.js';
import { type HookProject, Projects } from '../store/projects.js';

type Directory = ReadonlyMap<string, HookProject>;

/** Follows each change of the projects: the list it is made from is another object then. */
@Injectable()
export class HookDirectory {
  private readonly logger = new Logger(HookDirectory.name);
  private list: readonly HookProject[] | null = null;
  private directory: Directory = new Map();

  constructor(@Inject(Projects) private readonly projects: Projects) {}

  /** The enabled project of this name on this instance (normalised) or one of its aliases, or null. */
  async find({ instance, fullname }: Candidate): Promise<HookProject | null> {
    const list = await this.projects.openHookKeys();
    if (list !== this.list) {
      this.directory = directoryOf(list);
      this.list = list;
      this.logUnopened(list);
    }
    return instance === null || fullname === null ? null : (this.directory.get(nameOf(instance, fullname)) ?? null);
  }

  private logUnopened(list: readonly HookProject[]): void {
    for (const { fullname, keys, unopened } of list) {
      if (unopened === 0) continue;
      const door = keys.length === 0 ? 'its web-hooks are refused' : 'its other keys still serve';
      this.logger.error(`${unopened} web-hook keys of ${fullname} do not open under this master key: ${door}`);
    }
  }
}

/** Its own name is a project's own; an alias that two claim is that of the older one: nobody takes what others are known by. */
function directoryOf(list: readonly HookProject[]): Directory {
  const aliases = list.toReversed().flatMap((project) => project.instanceAliases.map((alias) => entry(alias, project)));
  return new Map([...aliases, ...list.map((project) => entry(project.instance, project))]);
}

function entry(instance: string, project: HookProject): [string, HookProject] {
  return [nameOf(instance, project.fullname), project];
}

function nameOf(instance: string, fullname: string): string {
  return `${instance} ${fullname}`;
}
