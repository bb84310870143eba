/** The server's settings as the running house injects them: everything known, no secret in it. */
import type { ServerSettings } from './settings.js';

/** `publicUrl` is made of the address and port where the file names none. */
export interface RunningSettings extends ServerSettings {
  readonly publicUrl: string;
}

/** Nest's token for `RunningSettings`. */
export const RUNNING_SETTINGS = Symbol('running settings');

/** Nest's token for the name of this boot: random text that no other start of the program ever had. */
export const BOOT_ID = Symbol('boot id');
