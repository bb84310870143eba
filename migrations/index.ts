/** All migrations, oldest first. */
import { FirstTables1700000000001 } from './0001-first-tables.js';
import { Browse1700000000002 } from './0002-browse.js';
import { Changes1700000000003 } from './0003-changes.js';
import { ChangeLog1700000000004 } from './0004-change-log.js';
import { FlagFailures1700000000005 } from './0005-flag-failures.js';
import { Turns1700000000006 } from './0006-turns.js';
import { SchedulesAndChains1700000000007 } from './0007-schedules-and-chains.js';
import { StepReports1700000000008 } from './0008-step-reports.js';
import { TurnsOfCalls1700000000009 } from './0009-turns-of-calls.js';
import { HoldsAndSecrets1700000000010 } from './0010-holds-and-secrets.js';
import { QuarantineAndIdentity1700000000011 } from './0011-quarantine-and-identity.js';
import { AttemptsAndComments1700000000012 } from './0012-attempts-and-comments.js';
import { FlagsOfJobs1700000000013 } from './0013-flags-of-jobs.js';
import { ProjectRepositories1700000000014 } from './0014-project-repositories.js';

export const MIGRATIONS = [
  FirstTables1700000000001,
  Browse1700000000002,
  Changes1700000000003,
  ChangeLog1700000000004,
  FlagFailures1700000000005,
  Turns1700000000006,
  SchedulesAndChains1700000000007,
  StepReports1700000000008,
  TurnsOfCalls1700000000009,
  HoldsAndSecrets1700000000010,
  QuarantineAndIdentity1700000000011,
  AttemptsAndComments1700000000012,
  FlagsOfJobs1700000000013,
  ProjectRepositories1700000000014,
];
