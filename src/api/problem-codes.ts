/** Every code of a problem that this server answers: its status, what it means, and a sentence as an example. */
import type { RefusalKind } from '../kernel/errors.js';

export interface ProblemCode {
  /** `broken`: the server failed. */
  readonly kind: RefusalKind | 'broken';
  /** When it is answered, and what to do about it. */
  readonly means: string;
  /** A `detail` as it is sent; for people, and not stable. */
  readonly example: string;
  /** What comes with it. */
  readonly with?: 'faults' | 'problems';
  /** Where it is not an answer to a request: it ends the start of the server, or a job. */
  readonly elsewhere?: true;
}

/** Sorted by status, then by code. */
export const PROBLEM_CODE_TABLE: Readonly<Record<string, ProblemCode>> = {
  'bad-json': {
    kind: 'invalid',
    means: 'The body is no JSON, not UTF-8, nests too deep or has a key that is never allowed.',
    example: 'The body is not JSON.',
  },
  'bad-request': {
    kind: 'invalid',
    means: 'The request is not well-formed HTTP for this address: an escape of the URL is broken.',
    example: 'The request is not well-formed HTTP for this address.',
  },
  'body-incomplete': {
    kind: 'invalid',
    means: 'The connection ended before the body was complete.',
    example: 'The connection ended before the body was complete.',
  },
  'invalid-input': {
    kind: 'invalid',
    means: 'Values of the body, the query or the path are wrong: "faults" lists every one of them by its path.',
    example: 'The input has a fault: see "faults" for the places.',
    with: 'faults',
  },
  'commit-not-whole': {
    kind: 'invalid',
    means: 'An approval names the commit of the run with all its 40 hex digits.',
    example: 'An approval names the commit with all its 40 digits: /approve 85a53ea2946a2071aa61db3d6e93a5e3ee0a0fc0',
  },
  'key-twice': {
    kind: 'invalid',
    means: 'The same web-hook key is given twice.',
    example: 'The same web-hook key is given twice.',
  },
  'nested-too-deep': {
    kind: 'invalid',
    means: 'The body of a web-hook nests deeper than any that Pagure sends.',
    example: 'The body nests deeper than 64.',
  },
  'not-the-envelope': {
    kind: 'invalid',
    means: 'The body of a web-hook is signed and is not what Pagure sends.',
    example: 'The body is not what Pagure sends: msg_id is missing.',
  },
  'too-many-values': {
    kind: 'invalid',
    means: 'The body of a web-hook holds more values than any that Pagure sends.',
    example: 'The body holds more than 1,000,000 values.',
  },
  'bad-signature': {
    kind: 'unauthenticated',
    means: 'No key of the project that the web-hook names signed it; the same for a project that is not here.',
    example: 'No key of the project that the message names signed it.',
  },
  'other-project': {
    kind: 'unauthenticated',
    means: 'The message of a web-hook is signed for another project.',
    example: 'The message is signed for another project.',
  },
  'token-expired': {
    kind: 'unauthenticated',
    means: 'The API token has expired: ask a maintainer for another.',
    example: 'This token has expired.',
  },
  'token-missing': {
    kind: 'unauthenticated',
    means: 'The request shows no API token: send "Authorization: Bearer pa_…".',
    example: 'This needs an API token: send it as "Authorization: Bearer pa_…".',
  },
  'token-revoked': {
    kind: 'unauthenticated',
    means: 'The API token was revoked.',
    example: 'This token was revoked.',
  },
  'token-unknown': {
    kind: 'unauthenticated',
    means: 'The API token is none of this server.',
    example: 'This is no token of this server.',
  },
  'egress-refused': {
    kind: 'forbidden',
    means: 'The server does not contact such an address: see the egress settings.',
    example: 'the egress policy refuses 10.0.0.7',
    elsewhere: true,
  },
  'host-not-allowed': {
    kind: 'forbidden',
    means: 'The Host header names another server than this one: see server.allowed_hosts.',
    example: 'This server does not answer to the host name of the request: see server.allowed_hosts.',
  },
  'role-missing': {
    kind: 'forbidden',
    means: 'The API token has a lower role than the route needs.',
    example: 'This needs a token of role write; this one is of role read.',
  },
  'ssh-key-missing': {
    kind: 'forbidden',
    means: 'A repository at an ssh URL cannot be fetched: its project has no key for it.',
    example: 'an ssh URL needs a key of the project',
    elsewhere: true,
  },
  'token-limited': {
    kind: 'forbidden',
    means: 'The API token is limited to projects, and this goes beyond them.',
    example: 'This token is limited to projects: it registers no new one.',
  },
  'no-such-address': {
    kind: 'unknown',
    means: 'There is nothing at this address.',
    example: 'There is nothing at this address.',
  },
  'no-such-body': {
    kind: 'unknown',
    means: 'No message brought the event, or it is not kept any more.',
    example: 'No message of event 7 is kept.',
  },
  'no-such-event': {
    kind: 'unknown',
    means: 'There is no such event, or the token does not see its project.',
    example: 'There is no event 7, or this token does not see it.',
  },
  'no-such-job': {
    kind: 'unknown',
    means: 'The run has no such job.',
    example: 'There is no job 7, or this token does not see it.',
  },
  'no-such-step': {
    kind: 'unknown',
    means: 'The newest attempt of the job has no such step (yet).',
    example: 'There is no step 7, or this token does not see it.',
  },
  'no-such-key': {
    kind: 'unknown',
    means: 'The project has no such web-hook key.',
    example: 'There is no key 7, or this token does not see it.',
  },
  'no-such-pipeline': {
    kind: 'unknown',
    means: 'The project has no pipeline of this name.',
    example: 'There is no pipeline ci, or this token does not see it.',
  },
  'no-such-project': {
    kind: 'unknown',
    means: 'There is no such project, or the token does not see it.',
    example: 'There is no project 7, or this token does not see it.',
  },
  'no-such-run': {
    kind: 'unknown',
    means: 'There is no such run, or the token does not see its project.',
    example: 'There is no run 7, or this token does not see it.',
  },
  'no-such-secret': {
    kind: 'unknown',
    means: 'The project has no secret of this name.',
    example: 'There is no secret DEPLOY_KEY of this project.',
  },
  'no-such-token': {
    kind: 'unknown',
    means: 'There is no such API token, or it may more than the token that asks.',
    example: 'There is no token 7, or this token does not see it.',
  },
  'no-such-version': {
    kind: 'unknown',
    means: 'The pipeline never had so many versions.',
    example: 'There is no version 7, or this token does not see it.',
  },
  'no-such-attempt': {
    kind: 'unknown',
    means: 'The job has no such attempt (yet).',
    example: 'There is no attempt 3 of job 7, or this token does not see it.',
  },
  'body-too-slow': {
    kind: 'too-slow',
    means: 'The body was not complete in time.',
    example: 'The body was not complete after 20 seconds.',
  },
  'approval-not-ready': {
    kind: 'conflict',
    means: 'What the held run changes is not known yet, so nobody can have looked at it: try again.',
    example: 'What the run changes is not known yet, so nobody can have looked at it: try again in a while.',
  },
  'attempt-lost': {
    kind: 'conflict',
    means: 'An attempt of a job reports what another attempt does by now.',
    example: 'attempt 1 of job 7 is not held any more',
    elsewhere: true,
  },
  'changed-meanwhile': {
    kind: 'conflict',
    means: 'Somebody else changed it at the same time: read it again, and try again.',
    example: 'Somebody else changed this at the same time: read it again.',
  },
  'data-folder-in-use': {
    kind: 'conflict',
    means: 'Another server works in the data folder.',
    example: 'Another pagure-actions works in this data folder.',
    elsewhere: true,
  },
  'declared-in-file': {
    kind: 'conflict',
    means: 'The configuration file declares it: it is changed there.',
    example: 'pagure-actions.yml declares this project: change it there.',
  },
  'event-not-replayable': {
    kind: 'conflict',
    means: 'The event starts nothing by its verdict, or its message is not kept.',
    example: 'The message of the event is not kept: it cannot be replayed.',
  },
  'event-not-stale': {
    kind: 'conflict',
    means: 'Only a stale event is released.',
    example: 'Only a stale event is released: this one is not stale.',
  },
  'event-released': {
    kind: 'conflict',
    means: 'The event was released already: replay it to start its pipelines again.',
    example: 'The event was released already, by ci: replay it to start its pipelines again.',
  },
  'event-stale': {
    kind: 'conflict',
    means: 'The event is stale: release it, and it starts its pipelines.',
    example: 'The event is stale: release it, and it starts its pipelines.',
  },
  'event-undecided': {
    kind: 'conflict',
    means: 'The event still waits to be decided: replay it afterwards.',
    example: 'The event still waits to be decided: replay it afterwards.',
  },
  'key-in-use': {
    kind: 'conflict',
    means: 'Another project uses this web-hook key: every project has its own.',
    example: 'Another project uses this web-hook key: every project has its own.',
  },
  'last-key': {
    kind: 'conflict',
    means: 'The last web-hook key of a project is not taken away: nothing could be delivered any more.',
    example: 'This is the last web-hook key of the project: add another one first, or disable the project.',
  },
  'last-maintain-token': {
    kind: 'conflict',
    means: 'Nobody could use the server as a maintainer any more: make another such token first.',
    example:
      'This is the last maintain token without an expiry for what it sees: make another one before you revoke it.',
  },
  'other-commit': {
    kind: 'conflict',
    means: 'The run holds another commit than the one that is approved: look at that one.',
    example:
      'The run waits with another commit: look at what it changes, then approve it by /approve 85a53ea2946a2071aa61db3d6e93a5e3ee0a0fc0',
  },
  'pipeline-exists': {
    kind: 'conflict',
    means: 'The project has a pipeline of this name already: replace it with PUT.',
    example: 'The project has a pipeline ci already: replace it with PUT.',
  },
  'project-exists': {
    kind: 'conflict',
    means: 'The project of this instance is registered already.',
    example: 'lab of https://pagure.example.org is registered already.',
  },
  'run-unplanned': {
    kind: 'conflict',
    means: 'The run was never planned: its pipeline has problems, or it waits for an approval.',
    example: 'Run 7 was never planned: there is nothing to repeat.',
  },
  'nothing-failed': {
    kind: 'conflict',
    means: 'No job of the run failed: repeat all of them instead.',
    example: 'No job of run 7 failed: repeat all of them instead.',
  },
  'project-disabled': {
    kind: 'conflict',
    means: 'The project is disabled: nothing of it starts until it is enabled.',
    example: 'The project is disabled: nothing of it starts.',
  },
  'run-not-done': {
    kind: 'conflict',
    means: 'The run is not done yet: wait for its end, or cancel it.',
    example: 'Run 7 is not done yet: wait for its end, or cancel it.',
  },
  'pipeline-ambiguous': {
    kind: 'conflict',
    means: 'Several pipelines have this name: give the key or the path of one of them.',
    example: 'Several pipelines have this name: choose one of repo:.pagure/pipelines/ci.yml, server:ci.',
  },
  'pull-request-moved': {
    kind: 'conflict',
    means: 'The forge shows the pull-request at another commit, or closed: the approval is void.',
    example: 'The pull-request has other commits now, or is closed: nothing is approved.',
  },
  'run-not-held': {
    kind: 'conflict',
    means: 'The run waits for no approval.',
    example: 'Run 7 waits for no approval.',
  },
  'run-done': {
    kind: 'conflict',
    means: 'The run is done: there is nothing to cancel.',
    example: 'Run 7 is done already: there is nothing to cancel.',
  },
  'second-project': {
    kind: 'conflict',
    means:
      'The server keeps jobs of several projects apart only with another executor or with the consent of its settings.',
    example: 'A second project is refused: the host executor does not keep projects apart.',
  },
  'too-many-secrets': {
    kind: 'conflict',
    means: 'The project has as many secrets as may be.',
    example: 'A project has at most 100 secrets: take one away first.',
  },
  'too-many-keys': {
    kind: 'conflict',
    means: 'A project has three web-hook keys at most.',
    example: 'A project has at most 3 web-hook keys: take one away first.',
  },
  'precondition-failed': {
    kind: 'precondition',
    means: 'It was changed since it was read: read it again, and send its new ETag as If-Match.',
    example: 'It was changed since it was read: read it again, and send its new ETag as If-Match.',
  },
  'body-too-large': {
    kind: 'too-large',
    means: 'The body is larger than this route takes.',
    example: 'The body is larger than 1 MiB.',
  },
  'not-json': {
    kind: 'unsupported-media',
    means: 'The body is not said to be application/json in UTF-8, uncompressed.',
    example: 'A body is sent as application/json in UTF-8, uncompressed.',
  },
  'range-unsatisfiable': {
    kind: 'unsatisfiable',
    means: 'Nothing of the range is there; Content-Range names the size.',
    example: 'The log has 10 bytes: none of the range is there.',
  },
  'no-such-ref': {
    kind: 'unprocessable',
    means: 'The project has no such branch or tag, or no commit yet: a start by hand names a branch or tag of its own.',
    example: 'The project has no such branch or tag: a start by hand names one of its own.',
  },
  'pipeline-broken': {
    kind: 'unprocessable',
    means: 'The text of the pipeline has errors: "problems" lists every one of them by its place.',
    example: 'The pipeline has an error: see "problems" for the place.',
    with: 'problems',
  },
  'too-many-refused': {
    kind: 'too-many',
    means: 'Too many signatures of web-hooks from this address did not hold.',
    example: 'Too many signatures from there did not hold.',
  },
  'too-many-streams': {
    kind: 'too-many',
    means: 'The token holds as many streams open as one token may: close one of them first.',
    example: 'This token holds 256 streams open: close one of them first.',
  },
  'internal-error': {
    kind: 'broken',
    means: 'The server failed to answer; its log says why.',
    example: 'The server failed to answer; its log says why.',
  },
  stopping: {
    kind: 'unavailable',
    means: 'The server stops: a body that is not complete is not waited for, and no stream is opened. Come back later.',
    example: 'The server stops, and the body was not complete.',
  },
  'forge-silent': {
    kind: 'unavailable',
    means: 'The forge does not say what it was asked: try again.',
    example: 'The forge does not say where the pull-request stands: pagure.example.org did not answer',
  },
  'not-ready': {
    kind: 'unavailable',
    means: 'The server cannot take work now: "faults" names every check that failed by its path.',
    example: 'The server cannot take work now: see "faults".',
    with: 'faults',
  },
  'streams-full': {
    kind: 'unavailable',
    means: 'As many streams are open as the server holds: try it again later.',
    example: '500 streams are open: try it again later.',
  },
  unavailable: {
    kind: 'unavailable',
    means: 'The server cannot do this just now: try it again.',
    example: 'The server cannot do this just now: try it again.',
  },
};
