/** The environment that each command of a job starts from. */

/** Of the program's own environment only these are passed on: what says where programs are and how text is written. */
const PASSED_ON = /^(PATH|LANG|LANGUAGE|LC_[A-Z]+|TZ|USER|LOGNAME|SHELL)$/;

const USUAL_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * HOME is a folder of the job, new for each: the files of the user that the program runs as (credentials of git and npm, keys,
 * settings) are not the job's, and what a job writes there does not reach the next one.
 */
export function baseEnv(own: Readonly<Record<string, string | undefined>>, home: string): Record<string, string> {
  const passed = Object.entries(own).filter(([name, value]) => PASSED_ON.test(name) && value !== undefined);
  return { PATH: USUAL_PATH, ...(Object.fromEntries(passed) as Record<string, string>), HOME: home };
}
