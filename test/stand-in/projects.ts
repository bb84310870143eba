/** The projects, users' tokens and flags of the stand-in, and the objects that Pagure makes of them in messages. */
import type { JsonObject } from '../../src/kernel/json.js';

export interface StandInProject {
  readonly id: number;
  /** `lab`, `rpms/bash`, `forks/bob/lab`. */
  readonly fullname: string;
  readonly owner: string;
  /** 40 characters. */
  readonly key: string;
  readonly isPublic: boolean;
  /** Where its web-hooks go; the same address twice is delivered twice. */
  readonly hooks: readonly string[];
  /** Milliseconds. */
  readonly createdAt: number;
}

export interface StandInToken {
  /** 64 characters. */
  readonly token: string;
  readonly user: string;
  readonly acls: readonly string[];
  /** Fullname of the one project it is good for, or null for all. */
  readonly project: string | null;
  readonly expiresAt: number | null;
}

export interface StandInFlag {
  readonly commit: string;
  readonly uid: string;
  readonly project: string;
  readonly username: string;
  readonly status: string;
  readonly comment: string;
  readonly url: string;
  readonly percent: number | null;
  readonly user: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A time in milliseconds as Pagure writes it: float seconds as text. */
export function pagureTime(timeMs: number): string {
  return String(timeMs / 1000);
}

export function userObject(appUrl: string, name: string): JsonObject {
  return { name, fullname: name, url_path: `user/${name}`, full_url: `${appUrl}user/${name}` };
}

/** The `repo` or `project` of a message. */
export function projectObject(appUrl: string, project: StandInProject): JsonObject {
  const parts = project.fullname.replace(/^forks\/[^/]+\//, '').split('/');
  const path = project.fullname.replace(/^forks\//, 'fork/');
  return {
    id: project.id,
    name: parts.at(-1) ?? '',
    fullname: project.fullname,
    namespace: parts.length > 1 ? (parts[0] ?? null) : null,
    url_path: path,
    full_url: `${appUrl}${path}`,
    description: `Project ${project.fullname}`,
    parent: null,
    user: userObject(appUrl, project.owner),
    access_users: { owner: [project.owner], admin: [], commit: [], collaborator: [], ticket: [] },
    access_groups: { admin: [], commit: [], collaborator: [], ticket: [] },
    tags: [],
    priorities: {},
    milestones: {},
    close_status: [],
    custom_keys: [],
    date_created: pagureTime(project.createdAt),
    date_modified: pagureTime(project.createdAt),
  };
}

/** A flag as the API and messages show it: without its uid. */
export function flagObject(appUrl: string, flag: StandInFlag): JsonObject {
  return {
    commit_hash: flag.commit,
    username: flag.username,
    status: flag.status,
    percent: flag.percent,
    comment: flag.comment,
    url: flag.url,
    user: userObject(appUrl, flag.user),
    date_created: pagureTime(flag.createdAt),
    date_updated: pagureTime(flag.updatedAt),
  };
}
