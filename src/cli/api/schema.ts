/** The API as TypeScript sees it: made from /api/openapi.json by scripts/write-api-types.mjs; not to be edited. */
export interface paths {
  '/api': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Try the API in a browser */
    get: operations['description.page'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read this description
     * @description OpenAPI 3.1.
     */
    get: operations['description.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/try/{file}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a file of the page to try the API */
    get: operations['description.file'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List events, filtered
     * @description What is asked for must hold all together. Without the messages: those are shown one by one.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['events.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an event: what arrived, what it was taken for, what it started and why
     * @description Needs a token of role `read` or higher.
     */
    get: operations['events.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events/{id}/body': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the message behind an event, byte for byte as it was signed
     * @description Needs a token of role `read` or higher.
     */
    get: operations['events.body'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events/{id}/explain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Explain an event: why each pipeline did or did not start, and what became of a command in its comment
     * @description At most 2,000 tokens: 6,000 ASCII characters of JSON, others counted three times per byte.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['explain.event'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events/{id}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release a stale event: it is decided about as if it had just come
     * @description A delivery that is too old, or from the future, is kept and starts nothing until somebody releases it, once.
     *
     *     Needs a token of role `write` or higher.
     */
    post: operations['eventActions.release'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start the pipelines of an event again, or only tell what that would start
     * @description A replay is an event of its own and merges with no run. It is judged now, never higher than the event was, and keeps the commits that the event was resolved to. Pipelines kept on the server count as they stand now.
     *
     *     Needs a token of role `write` or higher.
     */
    post: operations['eventActions.replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/flags': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List flags: what the forge is to show, whether it does, and why not
     * @description Needs a token of role `read` or higher.
     */
    get: operations['flags.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lint': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say what is wrong with the text of a pipeline, by line and column
     * @description Nothing is stored. A text with errors is accepted neither here nor from a repository; warnings stop nothing.
     *
     *     Needs a token of role `read` or higher.
     */
    post: operations['lint.lint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/pipelines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List server-side pipelines, of one project or of all that the token sees
     * @description Needs a token of role `read` or higher.
     */
    get: operations['allPipelines.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/pipelines/{id}/dispatch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a server-side pipeline by hand, with inputs
     * @description The inputs are checked against the pipeline at the commit that runs; "faults" lists what is wrong.
     *
     *     Needs a token of role `write` or higher.
     */
    post: operations['dispatch.pipeline'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the projects that the token sees
     * @description Needs a token of role `read` or higher.
     */
    get: operations['projects.list'];
    put?: never;
    /**
     * Register a project with its web-hook keys
     * @description The forge is asked whether everybody may see the project; when it does not answer, "notes" says so.
     *
     *     Needs a token of role `maintain` or higher.
     */
    post: operations['projects.register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a project
     * @description Needs a token of role `read` or higher.
     */
    get: operations['projects.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a project: its settings, keys, token, or whether it is enabled
     * @description What is left out stays. Whatever is changed, paused flags are tried again; {} changes nothing, asks the forge again whether everybody may see the project, and tries paused flags again.
     *
     *     Needs a token of role `maintain` or higher.
     */
    patch: operations['projects.change'];
    trace?: never;
  };
  '/api/v1/projects/{id}/dispatch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a pipeline of a project by hand, with inputs: one of its repository, or one of the server
     * @description The inputs are checked against the pipeline at the commit that runs; "faults" lists what is wrong.
     *
     *     Needs a token of role `write` or higher.
     */
    post: operations['dispatch.ofProject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/dispatches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a type that pipelines with `on: repository_dispatch` wait for
     * @description All that name it start, on the default branch. The event says which did.
     *
     *     Needs a token of role `write` or higher.
     */
    post: operations['dispatch.repository'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the web-hook keys of a project: when each was added, never the key
     * @description Needs a token of role `read` or higher.
     */
    get: operations['keys.list'];
    put?: never;
    /**
     * Add a web-hook key behind the others
     * @description Web-hooks that any of its keys signed are taken: add the new key here, then at the forge, then take the old one away.
     *
     *     Needs a token of role `maintain` or higher.
     */
    post: operations['keys.add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read when a web-hook key was added
     * @description Needs a token of role `read` or higher.
     */
    get: operations['keys.read'];
    put?: never;
    post?: never;
    /**
     * Take a web-hook key away: web-hooks that it signed are refused
     * @description Needs a token of role `maintain` or higher.
     */
    delete: operations['keys.remove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/keys/{keyId}/first': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a web-hook key the current one
     * @description Needs a token of role `maintain` or higher.
     */
    post: operations['keys.makeFirst'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/pipelines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the server-side pipelines of a project
     * @description Needs a token of role `read` or higher.
     */
    get: operations['pipelines.list'];
    put?: never;
    /**
     * Make a server-side pipeline
     * @description Needs a token of role `maintain` or higher.
     */
    post: operations['pipelines.create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/pipelines/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a server-side pipeline with its text
     * @description Needs a token of role `read` or higher.
     */
    get: operations['pipelines.read'];
    /**
     * Replace the text of a server-side pipeline, or make it
     * @description A text that stands already makes no version. "If-None-Match: *" makes a pipeline and replaces none.
     *
     *     Needs a token of role `maintain` or higher.
     */
    put: operations['pipelines.replace'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Switch a server-side pipeline on or off
     * @description What is left out stays; no version is made.
     *
     *     Needs a token of role `maintain` or higher.
     */
    patch: operations['pipelines.change'];
    trace?: never;
  };
  '/api/v1/projects/{id}/pipelines/{name}/diff': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show what changed between two versions of a server-side pipeline
     * @description As JSON, or with "Accept: text/plain" as a unified diff.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['pipelineVersions.diff'];
    put?: never;
    /**
     * Show what a proposed text would change in a server-side pipeline
     * @description Nothing is stored. As JSON, or with "Accept: text/plain" as a unified diff.
     *
     *     Needs a token of role `read` or higher.
     */
    post: operations['pipelineVersions.propose'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/pipelines/{name}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the versions of a server-side pipeline: who wrote each, and when
     * @description Needs a token of role `read` or higher.
     */
    get: operations['pipelineVersions.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/pipelines/{name}/versions/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a version of a server-side pipeline
     * @description Needs a token of role `read` or higher.
     */
    get: operations['pipelineVersions.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/refused': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the web-hooks that were refused and named this project
     * @description Of a flood only some are noted. Those that no key of the project fits are kept sealed for 48 hours ("quarantined"): when their key is added they enter as if it had been there.
     *
     *     Needs a token of role `maintain` or higher.
     */
    get: operations['refused.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/secrets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the secrets of a project by name, never a value
     * @description Needs a token of role `read` or higher.
     */
    get: operations['secrets.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/projects/{id}/secrets/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read which refs a secret goes to, never its value
     * @description Needs a token of role `read` or higher.
     */
    get: operations['secrets.read'];
    /**
     * Set a secret, in place of what stood there
     * @description Jobs of trusted runs of the default branch and of tags read it as `secrets.NAME`, and those of the refs that it names besides. The case of the name is ignored.
     *
     *     Needs a token of role `maintain` or higher.
     */
    put: operations['secrets.set'];
    post?: never;
    /**
     * Take a secret away
     * @description Needs a token of role `maintain` or higher.
     */
    delete: operations['secrets.remove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List runs, filtered
     * @description What is asked for must hold all together. Without jobs: those are shown run by run.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['runs.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a run with its jobs and steps
     * @description Needs a token of role `read` or higher.
     */
    get: operations['runs.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/annotations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the annotations of a run: what its jobs point out about the files of the project
     * @description Of the newest attempt of each job; of one job at most 1,000 are kept.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['runReports.annotations'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/approval': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what a held run waits for: what it changes, pipelines first, and the line that approves it
     * @description Needs a token of role `read` or higher.
     */
    get: operations['approvals.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve the commit of a held run: it starts, without secrets
     * @description The commit must be the one that the run holds and the one at which the forge shows the pull-request: after another push nothing starts. It may be asked again.
     *
     *     Needs a token of role `write` or higher.
     */
    post: operations['approvals.approve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/attempts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the attempts of a run
     * @description Needs a token of role `read` or higher.
     */
    get: operations['runAttempts.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/attempts/{attempt}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a run as it stood in one of its attempts, with the jobs that counted then
     * @description Needs a token of role `read` or higher.
     */
    get: operations['runAttempts.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/bundle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a run as a bundle, to repeat it elsewhere
     * @description The plan, its jobs and contexts, without a secret: where one is used, its template stands. `pagure-actions run --bundle FILE` runs it on another machine.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['runReports.bundle'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a run
     * @description Jobs under way are still being stopped when it is answered. It may be asked again meanwhile.
     *
     *     Needs a token of role `write` or higher.
     */
    post: operations['runs.cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/explain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Explain a run: why it is red, and what changed since it last passed
     * @description The job, its step, the first error with ten lines around it, commits and files since then, what to do. At most 2,000 tokens: 6,000 ASCII characters of JSON, others counted three times per byte.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['explain.run'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/jobs/{jobId}/log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the log of a job, or follow it as it grows
     * @description Up to where it is written now, empty before the first byte; by a Range of bytes, by lines, or the last lines; of the whole job, or of one step, whatever others printed meanwhile. With follow=1 the answer goes on until the attempt has ended; a job that waits is followed from its next attempt on. Whoever is cut off asks again with from_byte: X-Log-From-Byte, plus what was received. A Range is not looked at beside a query for a part. The answer is packed for whoever takes gzip, but for ranges and followed logs.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['log.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/jobs/{jobId}/outputs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the outputs of a job
     * @description Empty before its end. The jobs that need it get masked values too, and mask them.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['runReports.outputs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/jobs/{jobId}/steps/{number}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what a step of a job gave: its outputs and its summary
     * @description Of the newest attempt. How it ended stands in the run.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['runReports.step'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/rerun': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Run a run again: all of it, or the jobs that failed and those that need them
     * @description It becomes the next attempt of the same run, of the same commits and inputs, trusted as far as before. What earlier attempts ran and logged stays to be read.
     *
     *     Needs a token of role `write` or higher.
     */
    post: operations['runAttempts.rerun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follow changes of events, runs, jobs and flags as server-sent events
     * @description The name of an event is the kind of what changed, its data are "change" (new or changed) and the row as it was after the change. Read it with fetch, since the token goes into the Authorization header. A reader that was cut off sends the last id it got as Last-Event-ID and misses and repeats nothing; when what it missed is not kept any more (the newest 200,000 changes are), or the id is none of this server, an event "gap" comes first: read anew what is shown. Comment lines, with an id, say every 15 seconds that nothing is new. The stream ends with its token.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['stream.open'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List API tokens: who made them, what they may, when they were last used
     * @description A token that is limited to projects sees those that are limited to some of these.
     *
     *     Needs a token of role `maintain` or higher.
     */
    get: operations['tokens.list'];
    put?: never;
    /**
     * Make an API token, and tell its text this once
     * @description It has no higher role, sees no other projects and lives no longer than the token it is made with.
     *
     *     Needs a token of role `maintain` or higher.
     */
    post: operations['tokens.issue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tokens/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Revoke an API token: it opens nothing any more
     * @description Revoked again, nothing changes. Streams that it holds open end. Tokens that were made with it are tokens of their own and stay: "createdBy" names it in their list.
     *
     *     Needs a token of role `maintain` or higher.
     */
    delete: operations['tokens.revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/events/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The page of an event: why each pipeline did or did not start
     * @description For a public project without a token, for others with one. What is not there and what is not shown are answered alike: with 404 and a page that says how to sign in.
     */
    get: operations['pages.event'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/healthz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Ask whether the server is alive */
    get: operations['health.alive'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/hooks/pagure': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a web-hook of Pagure
     * @description Set this address as web-hook in the settings of the project. The body is the message as it was signed, at most 32 MiB. It is answered when the message is on disk; what it starts comes later.
     */
    post: operations['pagure.receive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the metrics
     * @description For Prometheus: deliveries by verdict, what is due and for how long, runs and jobs by result and duration, flags that wait, the event loop and the process. Needs a token that is not limited to projects, unless the setting `metrics_public` is true.
     *
     *     Needs a token of role `read` or higher.
     */
    get: operations['metrics.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Ask whether the server can take work
     * @description The database is written and read, the disk of the data folder has room, the queue is taken from, the master key opens what is stored, and the server is not stopping. "faults" of a 503 names every check that failed.
     */
    get: operations['health.ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The page of a run
     * @description For a public project without a token, for others with one. What is not there and what is not shown are answered alike: with 404 and a page that says how to sign in.
     */
    get: operations['pages.run'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/schema/pipeline.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the JSON Schema of pipelines
     * @description Draft-07, for editors: completion, a description of every key, and warnings while one types.
     */
    get: operations['pipelineSchema.read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AnnotationDto: {
      /** @description From 1. */
      column: number | null;
      endColumn: number | null;
      endLine: number | null;
      /** @description As the job gave it, mostly relative to the workspace. */
      file: string | null;
      id: number;
      jobId: number;
      /** @enum {string} */
      level: 'notice' | 'warning' | 'error';
      /** @description From 1. */
      line: number | null;
      message: string;
      /** @description Number of the step. */
      step: number;
      title: string | null;
    };
    AnnotationListDto: {
      /** @description Newest first. */
      items: components['schemas']['AnnotationDto'][];
      /** @description Send it as `cursor` for the next page; null on the last one. */
      next: string | null;
    };
    ApprovalDto: {
      /** Format: date-time */
      approvedAt: string | null;
      approvedBy: string | null;
      /** @description What it changes, pipelines first; null while that is not known, and then nobody can approve it. */
      files: components['schemas']['ChangedFileDto'][] | null;
      /** @description The commit that would be tested. */
      head: string | null;
      /** @description What to paste into a comment to approve this commit and no other; null when nothing is to be approved. */
      line: string | null;
      /** @description Where it left the branch that it wants to go to; null while not known. */
      mergeBase: string | null;
      /** @description How many more files it changes than are listed. */
      more: number;
      /** @description The commit whose pipeline text runs; null for one kept on the server. */
      pipelineCommit: string | null;
      /** @description Number of the pull-request. */
      pullRequest: number | null;
      /** @description For people. */
      reason: string | null;
      runId: number;
      /** @description What the pipelines and actions that it changes run by `uses`. */
      uses: string[];
      /**
       * @description forge: whether its author may commit is still asked; approval: somebody must approve; start: it is about to; nothing: it started, or ended.
       * @enum {string}
       */
      waitsFor: 'forge' | 'approval' | 'start' | 'nothing';
    };
    ApproveInput: {
      /** @description All 40 hex digits of the commit that was looked at. */
      sha: string;
    };
    BundledJobDto: {
      attempt: number;
      /** @description `env` of the pipeline. */
      env: {
        [key: string]: unknown;
      };
      /** @description As it was planned; what is evaluated when it runs stands as a template. */
      job: {
        [key: string]: unknown;
      };
      jobId: number;
      /** @description The context `needs`; `***` stands for what is masked. */
      needs: {
        [key: string]: unknown;
      };
    };
    BundledRunDto: {
      attempt: number;
      commit: string;
      eventName: string;
      id: number;
      /** @description Of the pipeline, from 1. */
      number: number;
      pipeline: components['schemas']['PipelineNameDto'];
      /** @description Full name. */
      project: string;
      ref: string;
      /** @enum {string} */
      trust: 'trusted' | 'restricted' | 'held';
      /** @description Clone URL. */
      url: string;
    };
    CancelInput: {
      /** @description Shown on the run, in one line. */
      reason?: string;
    };
    ChangedCommitDto: {
      /** @description As the commit says. */
      author: string;
      /** @description Its first 12 digits. */
      commit: string;
      title: string;
    };
    ChangedFileDto: {
      /** @description Lines; null of a binary file. */
      added: number | null;
      /** @description Is it a pipeline, or an action of the repository? */
      isPipeline: boolean;
      path: string;
      /** @description Lines; null of a binary file. */
      removed: number | null;
    };
    ChangedPipelineDto: {
      /** @description The configuration file that declares it: it is changed there, and read-only here. */
      declaredBy: string | null;
      /** @description A pipeline that is switched off starts nothing. */
      enabled: boolean;
      id: number;
      /** @description Unique in the project. */
      name: string;
      /** @description Warnings: what is wrong and stops nothing. */
      problems: components['schemas']['ProblemDto'][];
      projectId: number;
      /** @description YAML. */
      text: string;
      /** Format: date-time */
      updatedAt: string;
      /** @description Counts the texts that ever stood. */
      version: number;
    };
    DecisionDto: {
      name: string;
      /** @enum {string} */
      outcome: 'started' | 'merged' | 'filtered' | 'broken' | 'superseded';
      /** @description `repo:<path>` or `server:<name>`. */
      pipeline: string;
      reason: string;
      /** @description The run that it started or joined. */
      runId: number | null;
    };
    DeliveryDto: {
      /** @description Of the body, in bytes. */
      bodyBytes: number;
      /** @description SHA-256 of the body, in hex. */
      bodyHash: string;
      /** @description User-Agent, Content-Type, X-Pagure, X-Pagure-Project and X-Pagure-Topic; never a signature. */
      headers: {
        [key: string]: string;
      };
      msgId: string;
      /** Format: date-time */
      receivedAt: string;
      /**
       * @description When it came; a stale one may be released later.
       * @enum {string}
       */
      verdict: 'ok' | 'stale' | 'inconsistent' | 'conflict';
    };
    DiffDto: {
      /** @description Lines. */
      added: number;
      /** @description The version that is compared. */
      from: number;
      /** @description None for texts that are the same. */
      hunks: components['schemas']['DiffHunkDto'][];
      /** @description Lines. */
      removed: number;
      /** @description The other version; null: the proposed text. */
      to: number | null;
    };
    DiffHunkDto: {
      fromCount: number;
      /** @description From 1; of an empty side the line before. */
      fromLine: number;
      lines: components['schemas']['DiffLineDto'][];
      toCount: number;
      toLine: number;
    };
    DiffLineDto: {
      /** @description The last line of a text that ends without a line end. */
      isOpen: boolean;
      /** @enum {string} */
      kind: 'same' | 'removed' | 'added';
      /** @description Without its line end. */
      text: string;
    };
    DispatchedDto: {
      /** @description The event that was made: what it starts is decided next, and stands in it. */
      eventId: number;
    };
    EnvironmentDto: {
      name: string;
      /** @description Where it is to be seen, as the job said at its end. */
      url: string | null;
    };
    EventActionDto: {
      /** Format: date-time */
      at: string;
      /** @description Name of the token that asked for it. */
      by: string;
      /** @description The event that a replay made. */
      eventId: number | null;
      /** @enum {string} */
      kind: 'released' | 'replayed';
    };
    EventDto: {
      /** @description GitHub's word for what happened. */
      action: string | null;
      /** @description What somebody did with it, oldest first. */
      actions: components['schemas']['EventActionDto'][];
      actor: string | null;
      after: string | null;
      before: string | null;
      /** @description The message as it was signed. Null when no POST brought it, and when it has more than 256 KiB: `/body` has it then. */
      body: {
        [key: string]: unknown;
      } | null;
      commit: string | null;
      /** @description One for every pipeline of the project; empty until it was decided. */
      decisions: components['schemas']['DecisionDto'][];
      /** @description Null when no POST brought it. */
      delivery: components['schemas']['DeliveryDto'] | null;
      forced: boolean;
      id: number;
      /** @enum {string} */
      kind:
        | 'push'
        | 'create'
        | 'delete'
        | 'pull-request'
        | 'comment'
        | 'issue'
        | 'flag'
        | 'project'
        | 'schedule'
        | 'dispatch'
        | 'run'
        | 'other';
      /** @description Why it is parked or was dropped whole. */
      note: string | null;
      projectId: number;
      pullRequest: number | null;
      /** Format: date-time */
      receivedAt: string;
      ref: string | null;
      /** @description Of a replay: the event that it repeats. */
      replayOf: number | null;
      /** @enum {string} */
      source: 'webhook' | 'reconcile' | 'schedule' | 'manual' | 'replay' | 'bus' | 'chain';
      /**
       * @description `parked`: failed three times; `idle`: its verdict starts nothing.
       * @enum {string}
       */
      state: 'due' | 'done' | 'parked' | 'idle';
      /** @description One line for people. */
      summary: string;
      /** @description As the forge spells it. */
      topic: string;
      url: string | null;
      /**
       * @description Only an event that is ok starts something.
       * @enum {string}
       */
      verdict: 'ok' | 'stale' | 'inconsistent' | 'conflict';
    };
    EventExplanationDto: {
      /** @description What became of the command that its comment gives; null for an event that gives none. */
      command: components['schemas']['ExplainedCommandDto'] | null;
      /** @description Pipelines left out to keep it short. */
      more: number;
      /** @description What started comes first. */
      pipelines: components['schemas']['ExplainedDecisionDto'][];
      says: string;
    };
    EventListDto: {
      /** @description Newest first. */
      items: components['schemas']['EventSummaryDto'][];
      /** @description Send it as `cursor` for the next page; null on the last one. */
      next: string | null;
    };
    EventSummaryDto: {
      /** @description GitHub's word for what happened. */
      action: string | null;
      actor: string | null;
      commit: string | null;
      id: number;
      /** @enum {string} */
      kind:
        | 'push'
        | 'create'
        | 'delete'
        | 'pull-request'
        | 'comment'
        | 'issue'
        | 'flag'
        | 'project'
        | 'schedule'
        | 'dispatch'
        | 'run'
        | 'other';
      /** @description Why it is parked or was dropped whole. */
      note: string | null;
      project: components['schemas']['ProjectNameDto'];
      projectId: number;
      pullRequest: number | null;
      /** Format: date-time */
      receivedAt: string;
      ref: string | null;
      /** @enum {string} */
      source: 'webhook' | 'reconcile' | 'schedule' | 'manual' | 'replay' | 'bus' | 'chain';
      /**
       * @description `parked`: failed three times; `idle`: its verdict starts nothing.
       * @enum {string}
       */
      state: 'due' | 'done' | 'parked' | 'idle';
      /** @description One line for people. */
      summary: string;
      /** @description As the forge spells it. */
      topic: string;
      url: string | null;
      /**
       * @description Only an event that is ok starts something.
       * @enum {string}
       */
      verdict: 'ok' | 'stale' | 'inconsistent' | 'conflict';
    };
    ExplainedCommandDto: {
      author: string;
      /** @description What came of it, or why nothing did. */
      outcome: string | null;
      /**
       * @description `parked`: given up.
       * @enum {string}
       */
      state: 'due' | 'done' | 'parked';
      /** @description The whole comment. */
      text: string;
    };
    ExplainedDecisionDto: {
      pipeline: string;
      /** @description The run that it started, or null. */
      runId: number | null;
      says: string;
    };
    ExplainedErrorDto: {
      /** @description Of the error, among those of the step. */
      errorLine: number;
      /** @description Of the first of `lines`, among those of the step. */
      firstLine: number;
      /** @description Up to ten lines before the error and after it, masked, without what a terminal would obey. */
      lines: string[];
    };
    ExplainedFailureDto: {
      /** @description What the step points out, errors first. */
      annotations: components['schemas']['ExplainedNoteDto'][];
      /** @description Null where its log tells of none. */
      error: components['schemas']['ExplainedErrorDto'] | null;
      /** @description The first that failed and may not. */
      job: components['schemas']['ExplainedJobDto'];
      /** @description Null where no step failed. */
      step: components['schemas']['ExplainedStepDto'] | null;
    };
    ExplainedJobDto: {
      id: number;
      name: string;
      reason: string | null;
    };
    ExplainedNoteDto: {
      /** @enum {string} */
      level: 'notice' | 'warning' | 'error';
      message: string;
      /** @description File and line, as the job gave them. */
      place: string | null;
    };
    ExplainedRunDto: {
      commit: string | null;
      id: number;
      /** @description Per pipeline from 1. */
      number: number;
      pipeline: string;
      project: string;
      ref: string | null;
      /**
       * @description Null until it is done.
       * @enum {string|null}
       */
      result: 'success' | 'failure' | 'error' | 'canceled' | 'skipped' | null;
      /** @enum {string} */
      state: 'waiting' | 'queued' | 'running' | 'done';
      title: string;
    };
    ExplainedStepDto: {
      exitCode: number | null;
      name: string;
      /** @description From 1; 0 is the set-up before the first step. */
      number: number;
    };
    Fault: {
      /** @description What it must be. */
      message: string;
      /** @description Which value; never its content. */
      path: string;
    };
    FlagDto: {
      commit: string;
      /**
       * Format: date-time
       * @description When it is sent or read back next.
       */
      dueAt: string | null;
      id: number;
      /** @description What the forge said last. */
      lastError: string | null;
      /** @description What is to be mended before it is sent. */
      pausedReason: string | null;
      /** @description `repo:<path>` or `server:<name>`. */
      pipeline: string;
      project: components['schemas']['ProjectNameDto'];
      /** @description The newest run that answers for it. */
      runId: number;
      /**
       * @description `sent`: the forge shows what is wanted; `waiting`: not yet; `paused`: not before something is mended.
       * @enum {string}
       */
      sending: 'sent' | 'waiting' | 'paused';
      sent: components['schemas']['SentFlagDto'];
      /** @description What is judged: `<ref>@<commit>` or `pull/<n>@<head>`. */
      subject: string;
      /** @description Since the forge last took or refused it. */
      tries: number;
      /** @description Its name on the forge. */
      uid: string;
      wanted: components['schemas']['WantedFlagDto'];
    };
    FlagListDto: {
      /** @description Newest first. */
      items: components['schemas']['FlagDto'][];
      /** @description Send it as `cursor` for the next page; null on the last one. */
      next: string | null;
    };
    ForgeIdentityDto: {
      /** @description As the forge writes it. */
      createdAt: string | null;
      id: number;
    };
    GreenRunDto: {
      commit: string | null;
      id: number;
      number: number;
    };
    HealthDto: {
      /** @enum {string} */
      status: 'ok';
    };
    JobDto: {
      /** @description The newest; steps and log are those of it. 0 before the first. */
      attempt: number;
      /** Format: date-time */
      createdAt: string;
      /** @description What it deploys to; null for nothing. */
      environment: components['schemas']['EnvironmentDto'] | null;
      /** Format: date-time */
      finishedAt: string | null;
      id: number;
      /** @description Unique in the run. */
      key: string;
      /** @description Path of the log on this server. */
      log: string;
      name: string;
      needs: string[];
      /** @description Why it ended so, or waits. */
      reason: string | null;
      /** @description The run that the reason names, or null. */
      reasonRunId: number | null;
      /**
       * @description Null until it is done.
       * @enum {string|null}
       */
      result: 'success' | 'failure' | 'error' | 'canceled' | 'skipped' | null;
      /** Format: date-time */
      startedAt: string | null;
      /** @enum {string} */
      state: 'waiting' | 'queued' | 'running' | 'done';
      steps: components['schemas']['StepDto'][];
    };
    JobOutputsDto: {
      /** @description `***` stands in the place of what is masked. */
      outputs: {
        [key: string]: string;
      };
    };
    KeyDto: {
      /** Format: date-time */
      addedAt: string;
      id: number;
      /** @description 1: the current one. */
      position: number;
    };
    KeyInput: {
      /** @description As the forge shows it; kept sealed and never shown. */
      key: string;
    };
    KeyListDto: {
      /** @description The current one first; at most three. */
      items: components['schemas']['KeyDto'][];
      /** @description Null: there is one page. */
      next: string | null;
    };
    LintDto: {
      /** @description Would it be stored, and start? False when a problem is an error. */
      accepted: boolean;
      /** @description Errors and warnings, by line and column; at most 1,001. */
      problems: components['schemas']['ProblemDto'][];
    };
    LintInput: {
      /**
       * @description What the problems call it: the path of a file, or a name.
       * @default pipeline
       */
      name?: string;
      /** @description The text to judge: a pipeline of a repository or of the server. */
      text: string;
    };
    NewTokenDto: {
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description Null: it does not expire.
       */
      expiresAt: string | null;
      id: number;
      /** @description For people: who or what holds it. */
      name: string;
      /** @description Ids of the projects that it is limited to; null: all. */
      projects: number[] | null;
      /** @enum {string} */
      role: 'read' | 'write' | 'maintain';
      /** @description To be sent as `Authorization: Bearer …`; it is not kept and cannot be told again. */
      token: string;
    };
    PausedFlagsDto: {
      count: number;
      reason: string;
    };
    PipelineChangeInput: {
      /** @description A pipeline that is switched off starts nothing; its text stays. */
      enabled?: boolean;
    };
    PipelineDiffInput: {
      /** @description The version that the text is compared with; left out: the one that stands. */
      from?: number;
      /** @description The proposed text; it need not be a good pipeline. */
      text: string;
    };
    PipelineDispatchInput: {
      /** @description As `on.workflow_dispatch.inputs` of the pipeline declares them; texts may stand for any type. */
      inputs?: {
        [key: string]: unknown;
      };
      /** @description A branch or tag of the project itself, bare or in full; left out: its default branch. */
      ref?: string;
    };
    PipelineDto: {
      /** @description The configuration file that declares it: it is changed there, and read-only here. */
      declaredBy: string | null;
      /** @description A pipeline that is switched off starts nothing. */
      enabled: boolean;
      id: number;
      /** @description Unique in the project. */
      name: string;
      projectId: number;
      /** @description YAML. */
      text: string;
      /** Format: date-time */
      updatedAt: string;
      /** @description Counts the texts that ever stood. */
      version: number;
    };
    PipelineInput: {
      /**
       * @description A pipeline that is switched off starts nothing; its text stays.
       * @default true
       */
      enabled?: boolean;
      /** @description Unique in the project. */
      name: string;
      /** @description YAML; what the language says about it is told as problems with places. */
      text: string;
    };
    PipelineListDto: {
      /** @description Newest first. */
      items: components['schemas']['PipelineSummaryDto'][];
      /** @description The cursor of the next page. */
      next: string | null;
    };
    PipelineNameDto: {
      /** @description `repo:<path>` or `server:<name>`. */
      key: string;
      name: string;
    };
    PipelineProblem: {
      /** @description Stable. */
      code: string;
      /** @description From 1. */
      column: number;
      /** @description The file, or the name of a server-side pipeline. */
      file: string;
      /** @description From 1. */
      line: number;
      /** @description What is wrong and what to write instead. */
      message: string;
      /**
       * @description Only an error stops a pipeline.
       * @enum {string}
       */
      severity: 'error' | 'warning';
    };
    PipelineReplacementInput: {
      /**
       * @description A pipeline that is switched off starts nothing; its text stays.
       * @default true
       */
      enabled?: boolean;
      /** @description When given: the name in the address. */
      name?: string;
      /** @description YAML; what the language says about it is told as problems with places. */
      text: string;
    };
    PipelineSummaryDto: {
      /** @description The configuration file that declares it: it is changed there, and read-only here. */
      declaredBy: string | null;
      /** @description A pipeline that is switched off starts nothing. */
      enabled: boolean;
      id: number;
      /** @description Unique in the project. */
      name: string;
      projectId: number;
      /** Format: date-time */
      updatedAt: string;
      /** @description Counts the texts that ever stood. */
      version: number;
    };
    PreviewedJobDto: {
      /** @description Concurrency groups that it takes turns in, those of the calls that it belongs to first. */
      groups: string[];
      /** @description Unique in the run; of a job whose combinations are not known yet its id. */
      key: string;
      /** @description The values of its combination; of a job of which they are not known yet the matrix as the file writes it. */
      matrix: {
        [key: string]: unknown;
      } | null;
      name: string;
      /** @description Ids of the jobs that it waits for. */
      needs: string[];
      /** @description Why it would wait or end, or is open. */
      reason: string | null;
      /** @description Labels of the machines that may run it. */
      runsOn: string[];
      /**
       * @description If every job that runs succeeds. ready: it would start at once; waits: for other jobs or its turn; open: only known when the run is there; else how it would end without running.
       * @enum {string}
       */
      state: 'ready' | 'waits' | 'open' | 'success' | 'failure' | 'error' | 'canceled' | 'skipped';
      /** @description Of a job that would start at once, but for its concurrency group. */
      turn: components['schemas']['PreviewedTurnDto'] | null;
    };
    PreviewedTurnDto: {
      /** @description The concurrency group. */
      group: string;
      /** @description Runs that would be canceled for it. */
      replaces: string[];
      /** @description The run that `waits` names; null for one that the same event would start. */
      runId: number | null;
      /** @description What it would wait for, or why it would get no turn; null: it would go on at once. */
      waits: string | null;
    };
    /**
     * @description What every answer that is no success says (RFC 9457). `code` is stable; the rest is for people.
     *
     *     | code | status | means |
     *     | --- | --- | --- |
     *     | `bad-json` | 400 | The body is no JSON, not UTF-8, nests too deep or has a key that is never allowed. |
     *     | `bad-request` | 400 | The request is not well-formed HTTP for this address: an escape of the URL is broken. |
     *     | `body-incomplete` | 400 | The connection ended before the body was complete. |
     *     | `invalid-input` | 400 | Values of the body, the query or the path are wrong: "faults" lists every one of them by its path. |
     *     | `commit-not-whole` | 400 | An approval names the commit of the run with all its 40 hex digits. |
     *     | `key-twice` | 400 | The same web-hook key is given twice. |
     *     | `nested-too-deep` | 400 | The body of a web-hook nests deeper than any that Pagure sends. |
     *     | `not-the-envelope` | 400 | The body of a web-hook is signed and is not what Pagure sends. |
     *     | `too-many-values` | 400 | The body of a web-hook holds more values than any that Pagure sends. |
     *     | `bad-signature` | 401 | No key of the project that the web-hook names signed it; the same for a project that is not here. |
     *     | `other-project` | 401 | The message of a web-hook is signed for another project. |
     *     | `token-expired` | 401 | The API token has expired: ask a maintainer for another. |
     *     | `token-missing` | 401 | The request shows no API token: send "Authorization: Bearer pa_…". |
     *     | `token-revoked` | 401 | The API token was revoked. |
     *     | `token-unknown` | 401 | The API token is none of this server. |
     *     | `host-not-allowed` | 403 | The Host header names another server than this one: see server.allowed_hosts. |
     *     | `role-missing` | 403 | The API token has a lower role than the route needs. |
     *     | `token-limited` | 403 | The API token is limited to projects, and this goes beyond them. |
     *     | `no-such-address` | 404 | There is nothing at this address. |
     *     | `no-such-body` | 404 | No message brought the event, or it is not kept any more. |
     *     | `no-such-event` | 404 | There is no such event, or the token does not see its project. |
     *     | `no-such-job` | 404 | The run has no such job. |
     *     | `no-such-step` | 404 | The newest attempt of the job has no such step (yet). |
     *     | `no-such-key` | 404 | The project has no such web-hook key. |
     *     | `no-such-pipeline` | 404 | The project has no pipeline of this name. |
     *     | `no-such-project` | 404 | There is no such project, or the token does not see it. |
     *     | `no-such-run` | 404 | There is no such run, or the token does not see its project. |
     *     | `no-such-secret` | 404 | The project has no secret of this name. |
     *     | `no-such-token` | 404 | There is no such API token, or it may more than the token that asks. |
     *     | `no-such-version` | 404 | The pipeline never had so many versions. |
     *     | `no-such-attempt` | 404 | The job has no such attempt (yet). |
     *     | `body-too-slow` | 408 | The body was not complete in time. |
     *     | `approval-not-ready` | 409 | What the held run changes is not known yet, so nobody can have looked at it: try again. |
     *     | `changed-meanwhile` | 409 | Somebody else changed it at the same time: read it again, and try again. |
     *     | `declared-in-file` | 409 | The configuration file declares it: it is changed there. |
     *     | `event-not-replayable` | 409 | The event starts nothing by its verdict, or its message is not kept. |
     *     | `event-not-stale` | 409 | Only a stale event is released. |
     *     | `event-released` | 409 | The event was released already: replay it to start its pipelines again. |
     *     | `event-stale` | 409 | The event is stale: release it, and it starts its pipelines. |
     *     | `event-undecided` | 409 | The event still waits to be decided: replay it afterwards. |
     *     | `key-in-use` | 409 | Another project uses this web-hook key: every project has its own. |
     *     | `last-key` | 409 | The last web-hook key of a project is not taken away: nothing could be delivered any more. |
     *     | `last-maintain-token` | 409 | Nobody could use the server as a maintainer any more: make another such token first. |
     *     | `other-commit` | 409 | The run holds another commit than the one that is approved: look at that one. |
     *     | `pipeline-exists` | 409 | The project has a pipeline of this name already: replace it with PUT. |
     *     | `project-exists` | 409 | The project of this instance is registered already. |
     *     | `run-unplanned` | 409 | The run was never planned: its pipeline has problems, or it waits for an approval. |
     *     | `nothing-failed` | 409 | No job of the run failed: repeat all of them instead. |
     *     | `project-disabled` | 409 | The project is disabled: nothing of it starts until it is enabled. |
     *     | `run-not-done` | 409 | The run is not done yet: wait for its end, or cancel it. |
     *     | `pipeline-ambiguous` | 409 | Several pipelines have this name: give the key or the path of one of them. |
     *     | `pull-request-moved` | 409 | The forge shows the pull-request at another commit, or closed: the approval is void. |
     *     | `run-not-held` | 409 | The run waits for no approval. |
     *     | `run-done` | 409 | The run is done: there is nothing to cancel. |
     *     | `second-project` | 409 | The server keeps jobs of several projects apart only with another executor or with the consent of its settings. |
     *     | `too-many-secrets` | 409 | The project has as many secrets as may be. |
     *     | `too-many-keys` | 409 | A project has three web-hook keys at most. |
     *     | `precondition-failed` | 412 | It was changed since it was read: read it again, and send its new ETag as If-Match. |
     *     | `body-too-large` | 413 | The body is larger than this route takes. |
     *     | `not-json` | 415 | The body is not said to be application/json in UTF-8, uncompressed. |
     *     | `range-unsatisfiable` | 416 | Nothing of the range is there; Content-Range names the size. |
     *     | `no-such-ref` | 422 | The project has no such branch or tag, or no commit yet: a start by hand names a branch or tag of its own. |
     *     | `pipeline-broken` | 422 | The text of the pipeline has errors: "problems" lists every one of them by its place. |
     *     | `too-many-refused` | 429 | Too many signatures of web-hooks from this address did not hold. |
     *     | `too-many-streams` | 429 | The token holds as many streams open as one token may: close one of them first. |
     *     | `internal-error` | 500 | The server failed to answer; its log says why. |
     *     | `stopping` | 503 | The server stops: a body that is not complete is not waited for, and no stream is opened. Come back later. |
     *     | `forge-silent` | 503 | The forge does not say what it was asked: try again. |
     *     | `not-ready` | 503 | The server cannot take work now: "faults" names every check that failed by its path. |
     *     | `streams-full` | 503 | As many streams are open as the server holds: try it again later. |
     *     | `unavailable` | 503 | The server cannot do this just now: try it again. |
     */
    Problem: {
      /** @description What is wrong, in one stable word. */
      code: string;
      /** @description What is wrong and what to do, in one sentence. */
      detail: string;
      /** @description Every bad value of the request. */
      faults?: components['schemas']['Fault'][];
      /** @description Every problem of a pipeline. */
      problems?: components['schemas']['PipelineProblem'][];
      /** @description The status of the answer. */
      status: number;
      /** @description The words of the status. */
      title: string;
      /**
       * @description Codes have no pages of their own.
       * @enum {string}
       */
      type: 'about:blank';
    };
    ProblemDto: {
      /** @description Stable. */
      code: string;
      column: number;
      /** @description Path of the file, or name of the pipeline. */
      file: string;
      line: number;
      message: string;
      /**
       * @description Only an error stops a file.
       * @enum {string}
       */
      severity: 'error' | 'warning';
    };
    ProjectChangeInput: {
      /** @description The web-hooks of a disabled project are refused, and nothing of it starts. */
      enabled?: boolean;
      /** @description Null: the next delivery tells anew what the forge numbers the project with, and a suspension for another number ends. */
      identity?: null;
      /** @description Other spellings under which deliveries may name the instance. */
      instanceAliases?: string[];
      /** @description Replaces all web-hook keys, the current one first. */
      keys?: string[];
      /** @description Where it is fetched from; null or left out: from the forge's own URL, with the token of a private project. */
      repository?: components['schemas']['RepositoryInput'] | null;
      settings?: components['schemas']['ProjectSettingsInput'];
      /** @description The forge's API token, for flags; null: none. */
      token?: string | null;
    };
    ProjectDispatchInput: {
      /** @description As `on.workflow_dispatch.inputs` of the pipeline declares them; texts may stand for any type. */
      inputs?: {
        [key: string]: unknown;
      };
      /** @description Its key (`repo:<path>`, `server:<name>`), its path, or its name when no other has it. */
      pipeline: string;
      /** @description A branch or tag of the project itself, bare or in full; left out: its default branch. */
      ref?: string;
    };
    ProjectDto: {
      /** Format: date-time */
      createdAt: string;
      /** @description The configuration file that declares it: it is changed there, and read-only here. */
      declaredBy: string | null;
      /** @description The web-hooks of a disabled project are refused, and nothing of it starts. */
      enabled: boolean;
      fullname: string;
      /** @description Has it a token of the forge, for flags? */
      hasToken: boolean;
      id: number;
      /** @description What the forge numbers it with; null until a web-hook tells. */
      identity: components['schemas']['ForgeIdentityDto'] | null;
      /** @description Where the Pagure is found. */
      instance: string;
      /** @description Other spellings under which deliveries may name the instance. */
      instanceAliases: string[];
      /** @description Its web-hook keys, the current one first. */
      keys: components['schemas']['KeyDto'][];
      /** @description What somebody should look at. */
      notes: string[];
      /** @description Flags that are not sent until somebody mends something; any change of the project tries them again. */
      pausedFlags: components['schemas']['PausedFlagsDto'][];
      /** @description May everybody see it on the forge? Only then its pages open without a token. */
      public: boolean;
      /** @description Where it is fetched from; null: from the forge's own URL. */
      repository: components['schemas']['ShownRepositoryDto'] | null;
      settings: components['schemas']['ProjectSettingsDto'];
      /** @description Why nothing of it starts until "identity" is set to null: its name belongs to another project now. */
      suspended: string | null;
      /** Format: date-time */
      updatedAt: string;
      /** @description Raised by each change. */
      version: number;
    };
    ProjectInput: {
      /** @description As Pagure writes it: lab, rpms/bash, forks/bob/lab or forks/bob/rpms/bash. */
      fullname: string;
      /**
       * Format: uri
       * @description Where the Pagure is found; stored in one spelling.
       */
      instance: string;
      /** @description Other spellings under which deliveries may name the instance. */
      instanceAliases?: string[];
      /** @description Web-hook keys, the current one first; kept sealed and never shown. */
      keys: string[];
      /** @description Where it is fetched from; null or left out: from the forge's own URL, with the token of a private project. */
      repository?: components['schemas']['RepositoryInput'] | null;
      settings?: components['schemas']['ProjectSettingsInput'];
      /** @description The forge's API token, for flags; null: none. */
      token?: string | null;
    };
    ProjectListDto: {
      /** @description Newest first. */
      items: components['schemas']['ProjectDto'][];
      /** @description The cursor of the next page. */
      next: string | null;
    };
    ProjectNameDto: {
      fullname: string;
      id: number;
    };
    ProjectSettingsDto: {
      /** @description SHA-1 alone is accepted as signature. */
      allowSha1: boolean;
      /** @description Pipelines of .pagure/pipelines and of the server are checked out before their first step. */
      checkout: boolean;
      /** @description Words that are commands when they are a whole comment, each for one of ours. */
      commands: {
        [key: string]: string;
      };
      /**
       * @description What has a flag: `pipeline` alone, or each `job` as well.
       * @enum {string}
       */
      flags: 'pipeline' | 'job';
      /** @description Names of pipelines whose flag somebody waits for: one that a path filter skips shows `success`. */
      required: string[];
      /**
       * @description Pull-requests of forks and remotes wait for an approval of each commit, or never start anything.
       * @enum {string}
       */
      strangers: 'approval' | 'never';
      /** @description One comment on each pull-request says what its pipelines came to. */
      summaryComment: boolean;
      /** @description How many jobs of the project that are not trusted run at once. */
      untrustedJobs: number;
      /** @description The same, of one pull-request. */
      untrustedJobsPerPullRequest: number;
    };
    ProjectSettingsInput: {
      /**
       * @description SHA-1 alone is accepted as signature: for an old Pagure that sends no SHA-256.
       * @default false
       */
      allowSha1?: boolean;
      /**
       * @description Pipelines of .pagure/pipelines and of the server are checked out before their first step.
       * @default true
       */
      checkout?: boolean;
      /** @description Words that are commands when they are a whole comment, each for one of ours; at most 20. */
      commands?: {
        [key: string]: string;
      };
      /**
       * @description What has a flag: `pipeline` alone, or each `job` as well (the first 50 of a run).
       * @default pipeline
       * @enum {string}
       */
      flags?: 'pipeline' | 'job';
      /** @description Names of pipelines whose flag somebody waits for: one that a path filter skips shows `success`, "skipped: no changed file matches". */
      required?: string[];
      /**
       * @description Pull-requests of forks and remotes wait for an approval of each commit, or never start anything.
       * @default approval
       * @enum {string}
       */
      strangers?: 'approval' | 'never';
      /**
       * @description One comment on each pull-request says what its pipelines came to, when all of its first head are done; never a second one. The token needs the ACL pull_request_comment.
       * @default false
       */
      summaryComment?: boolean;
      /**
       * @description How many jobs of the project that are not trusted run at once.
       * @default 4
       */
      untrustedJobs?: number;
      /**
       * @description The same, of one pull-request.
       * @default 2
       */
      untrustedJobsPerPullRequest?: number;
    };
    QuarantinedDto: {
      /** Format: date-time */
      oldestAt: string | null;
      posts: number;
      sizeBytes: number;
    };
    ReadinessDto: {
      /** @description What was tried. */
      checks: ('database' | 'disk' | 'queue' | 'key' | 'running')[];
      /** @enum {string} */
      status: 'ready';
    };
    RefusedDto: {
      /** @description Why. */
      code: string;
      id: number;
      /** Format: date-time */
      receivedAt: string;
      remoteAddress: string;
      /** @description As it was said; 0: it was not said. */
      sizeBytes: number;
    };
    RefusedListDto: {
      /** @description Newest first; at most 100. */
      items: components['schemas']['RefusedDto'][];
      /** @description Null: there is one page. */
      next: string | null;
      /** @description Those that wait for their key. */
      quarantined: components['schemas']['QuarantinedDto'];
    };
    ReleasedEventDto: {
      /** @description Of the event. */
      eventId: number;
      /** Format: date-time */
      releasedAt: string;
      /** @description Name of the token that released it. */
      releasedBy: string;
    };
    ReplayDecisionDto: {
      /** @description A second run of the pipeline, when pull_request and pull_request_target both start it. */
      also: components['schemas']['RunPreviewDto'] | null;
      name: string;
      /** @enum {string} */
      outcome: 'started' | 'merged' | 'filtered' | 'broken' | 'superseded';
      /** @description repo:<path> or server:<name>. */
      pipeline: string;
      reason: string;
      /** @description The run that would start; null for none. */
      run: components['schemas']['RunPreviewDto'] | null;
      /** @description Null: nothing was started yet. */
      runId: number | null;
    };
    ReplayDto: {
      /** @description Of a dry run: one for every pipeline. Else empty: those of the event that was made follow. */
      decisions: components['schemas']['ReplayDecisionDto'][];
      dryRun: boolean;
      /** @description The event that was made; null of a dry run. */
      eventId: number | null;
      /** @description About the event as a whole, for people. */
      note: string | null;
      /** @description The event that is repeated. */
      replayOf: number;
    };
    ReplayInput: {
      /**
       * @description Only tell what a replay would start: nothing runs and nothing is stored.
       * @default false
       */
      dryRun?: boolean;
    };
    RepositoryDispatchInput: {
      /** @description `github.event.client_payload`. */
      client_payload?: {
        [key: string]: unknown;
      };
      /** @description What `types` names. */
      event_type: string;
    };
    RepositoryInput: {
      /** @description Of an ssh URL the keys of its host, as `ssh-keyscan` prints them: no other host is talked to. */
      hostKeys?: string[];
      /** @description Of an ssh URL the private key, as `ssh-keygen` writes it, without a passphrase; kept sealed and never shown. */
      sshKey?: string | null;
      /** @description An ssh URL, or a file URL below `server.egress.file_root`; both by the egress policy. */
      url: string;
    };
    RerunInput: {
      /** @description The attempt that is to be repeated. When it was repeated already, nothing is done: a request whose answer was lost can be sent again. */
      attempt?: number;
      /**
       * @description `failed`: the jobs that failed or were stopped, and those that need them; the others keep their results.
       * @default all
       * @enum {string}
       */
      jobs?: 'all' | 'failed';
    };
    RunAttemptDto: {
      /** @description Who asked for it; null of the first. */
      askedBy: string | null;
      attempt: number;
      /** Format: date-time */
      finishedAt: string | null;
      /** @description Why it ended so, or waits. */
      reason: string | null;
      /**
       * @description Which jobs of the attempt before it were run again; null of the first.
       * @enum {string|null}
       */
      repeats: 'all' | 'failed' | null;
      /**
       * @description Null until it is done.
       * @enum {string|null}
       */
      result: 'success' | 'failure' | 'error' | 'canceled' | 'skipped' | null;
      /** Format: date-time */
      startedAt: string | null;
      /** @enum {string} */
      state: 'waiting' | 'queued' | 'running' | 'done';
      /** @description Path of its jobs and steps on this server. */
      url: string;
    };
    RunAttemptListDto: {
      /** @description The newest first. */
      items: components['schemas']['RunAttemptDto'][];
    };
    RunBundleDto: {
      /** @description `github`, `event`, `pagure`, `vars` and `inputs`. */
      contexts: {
        [key: string]: unknown;
      };
      /** @description Those that were planned by then, oldest first. */
      jobs: components['schemas']['BundledJobDto'][];
      /** @description What the pipeline came to for the event, as templates. */
      plan: {
        [key: string]: unknown;
      };
      run: components['schemas']['BundledRunDto'];
      /** @enum {integer} */
      version: 1;
    };
    RunDto: {
      actor: string | null;
      attempt: number;
      cancelRequested: boolean;
      /** @description What is tested; null for a held run whose message names none. */
      commit: string | null;
      /** Format: date-time */
      createdAt: string;
      eventId: number;
      /** @description GitHub's name of the event, or the topic. */
      eventName: string;
      /** Format: date-time */
      finishedAt: string | null;
      id: number;
      jobs: components['schemas']['JobDto'][];
      /** @description Of the pipeline, from 1. */
      number: number;
      pipeline: components['schemas']['PipelineNameDto'];
      /** @description Where the pipeline's text came from; null for a server-side text. */
      pipelineCommit: string | null;
      /** @description What is wrong with the pipeline. */
      problems: components['schemas']['ProblemDto'][];
      project: components['schemas']['ProjectNameDto'];
      /** @description Why it ended so, or waits. */
      reason: string | null;
      /** @description The run that the reason names, or null. */
      reasonRunId: number | null;
      ref: string;
      /**
       * @description Null until it is done.
       * @enum {string|null}
       */
      result: 'success' | 'failure' | 'error' | 'canceled' | 'skipped' | null;
      /** Format: date-time */
      startedAt: string | null;
      /** @enum {string} */
      state: 'waiting' | 'queued' | 'running' | 'done';
      title: string;
      /**
       * @description Only a trusted run has secrets.
       * @enum {string}
       */
      trust: 'trusted' | 'restricted' | 'held';
      trustReason: string;
    };
    RunExplanationDto: {
      /** @description Names of other jobs that failed. */
      alsoFailed: string[];
      /** @description Null when nothing failed. */
      failure: components['schemas']['ExplainedFailureDto'] | null;
      /** @description What can be done now, and by whom. */
      next: string[];
      /** @description What is wrong with the text of the pipeline. */
      problems: string[];
      run: components['schemas']['ExplainedRunDto'];
      says: string;
      /** @description Something was left out to keep it short. */
      shortened: boolean;
      /** @description What changed since the pipeline last passed on this ref; null for a run that is not red. */
      since: components['schemas']['SinceGreenDto'] | null;
    };
    RunListDto: {
      /** @description Newest first. */
      items: components['schemas']['RunSummaryDto'][];
      /** @description Send it as `cursor` for the next page; null on the last one. */
      next: string | null;
    };
    RunPreviewDto: {
      /** @description The commit that would be tested. */
      commit: string | null;
      /** @description In the order of the file. */
      jobs: components['schemas']['PreviewedJobDto'][];
      /** @description What is wrong with the pipeline. */
      problems: components['schemas']['ProblemDto'][];
      ref: string;
      title: string;
      /** @enum {string} */
      trust: 'trusted' | 'restricted' | 'held';
      trustReason: string;
      /** @description Of the whole run; null when it takes none. */
      turn: components['schemas']['PreviewedTurnDto'] | null;
      /**
       * @description What would become of the run: held waits for an approval; broken and superseded end at once.
       * @enum {string}
       */
      would: 'run' | 'be held' | 'be broken' | 'be superseded' | 'be skipped';
    };
    RunSummaryDto: {
      actor: string | null;
      attempt: number;
      cancelRequested: boolean;
      /** @description What is tested; null for a held run whose message names none. */
      commit: string | null;
      /** Format: date-time */
      createdAt: string;
      eventId: number;
      /** @description GitHub's name of the event, or the topic. */
      eventName: string;
      /** Format: date-time */
      finishedAt: string | null;
      id: number;
      /** @description Of the pipeline, from 1. */
      number: number;
      pipeline: components['schemas']['PipelineNameDto'];
      project: components['schemas']['ProjectNameDto'];
      /** @description Why it ended so, or waits. */
      reason: string | null;
      /** @description The run that the reason names, or null. */
      reasonRunId: number | null;
      ref: string;
      /**
       * @description Null until it is done.
       * @enum {string|null}
       */
      result: 'success' | 'failure' | 'error' | 'canceled' | 'skipped' | null;
      /** Format: date-time */
      startedAt: string | null;
      /** @enum {string} */
      state: 'waiting' | 'queued' | 'running' | 'done';
      title: string;
      /**
       * @description Only a trusted run has secrets.
       * @enum {string}
       */
      trust: 'trusted' | 'restricted' | 'held';
    };
    SecretDto: {
      /** @description The configuration file that declares it: it is changed there. */
      declaredBy: string | null;
      /** @description Jobs read it as `secrets.NAME`. */
      name: string;
      /** @description Patterns of refs, added in order to the default branch and tags; `!` takes away. */
      refs: string[];
      /** Format: date-time */
      updatedAt: string;
    };
    SecretInput: {
      /** @description Patterns of refs, added in order to the default branch and tags; `!` takes away, and the last that matches decides. Branches by name (release/*), or full refs. ["!**", "main"]: main alone. */
      refs?: string[];
      /** @description Kept sealed and never shown. */
      value: string;
    };
    SecretListDto: {
      /** @description By name. */
      items: components['schemas']['SecretDto'][];
      /** @description Null: there is one page. */
      next: string | null;
    };
    SentFlagDto: {
      /** Format: date-time */
      at: string | null;
      /** @description A try timed out and may still arrive. */
      unsure: boolean;
      /** @description The version that it took last; 0: none. */
      version: number;
    };
    ShownRepositoryDto: {
      /** @description Of an ssh URL the keys of its host. */
      hostKeys: string[];
      url: string;
    };
    SinceGreenDto: {
      /** @description All of them; 1,000 stands for more as well. */
      commitCount: number;
      /** @description The newest first. */
      commits: components['schemas']['ChangedCommitDto'][];
      fileCount: number;
      files: string[];
      /** @description What is to be known about the comparison. */
      note: string | null;
      /** @description Null when it has not passed there yet. */
      run: components['schemas']['GreenRunDto'] | null;
    };
    StepDto: {
      /** @description How many annotations it made in all. */
      annotationCount: number;
      /** @description The first 10 of each level, long ones cut, and of a run the first 1,000. */
      annotations: components['schemas']['AnnotationDto'][];
      /**
       * @description After `continue-on-error`.
       * @enum {string|null}
       */
      conclusion: 'success' | 'failure' | 'error' | 'canceled' | 'skipped' | null;
      exitCode: number | null;
      /** Format: date-time */
      finishedAt: string | null;
      /** @description Did it write a summary? */
      hasSummary: boolean;
      id: string;
      name: string;
      /** @description From 1, in order of the job; 0 is the set-up before the first step. */
      number: number;
      /**
       * @description Before `continue-on-error`.
       * @enum {string|null}
       */
      outcome: 'success' | 'failure' | 'error' | 'canceled' | 'skipped' | null;
      /** @description Why it ended so, or waits. */
      reason: string | null;
      /** Format: date-time */
      startedAt: string | null;
      /** @enum {string} */
      state: 'waiting' | 'queued' | 'running' | 'done';
    };
    StepReportDto: {
      /** @description `***` stands in the place of what is masked. */
      outputs: {
        [key: string]: string;
      };
      /** @description Markdown, as the job wrote it: nothing in it is to be believed. */
      summary: string | null;
    };
    TokenDto: {
      /** Format: date-time */
      createdAt: string;
      /** @description Name of the token that made it; null: the server itself, at its first start. */
      createdBy: string | null;
      /**
       * Format: date-time
       * @description Null: it does not expire.
       */
      expiresAt: string | null;
      id: number;
      /**
       * Format: date-time
       * @description To within a minute; null: never.
       */
      lastUsedAt: string | null;
      /** @description For people: who or what holds it. */
      name: string;
      /** @description Ids of the projects that it is limited to; null: all. */
      projects: number[] | null;
      /** Format: date-time */
      revokedAt: string | null;
      /** @description Name of the token that revoked it. */
      revokedBy: string | null;
      /** @enum {string} */
      role: 'read' | 'write' | 'maintain';
      /**
       * @description Only a valid one opens anything.
       * @enum {string}
       */
      state: 'valid' | 'expired' | 'revoked';
    };
    TokenInput: {
      /**
       * Format: date-time
       * @description In UTC; left out: it does not expire.
       */
      expiresAt?: string;
      /** @description For people: who or what holds it. */
      name: string;
      /** @description Ids of the projects that it is limited to; left out: all. */
      projects?: number[];
      /**
       * @description Each includes the one before it.
       * @enum {string}
       */
      role: 'read' | 'write' | 'maintain';
    };
    TokenListDto: {
      /** @description Newest first, those that have ended included. */
      items: components['schemas']['TokenDto'][];
      /** @description The cursor of the next page. */
      next: string | null;
    };
    VersionDto: {
      /** @description Name of the token that wrote it, or the file that declares it; null: it was not kept. */
      author: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description Of the text, in UTF-8. */
      sizeBytes: number;
      /** @description YAML. */
      text: string;
      /** @description Counts the texts that ever stood. */
      version: number;
    };
    VersionListDto: {
      /** @description Newest first. */
      items: components['schemas']['VersionSummaryDto'][];
      /** @description The cursor of the next page. */
      next: string | null;
    };
    VersionSummaryDto: {
      /** @description Name of the token that wrote it, or the file that declares it; null: it was not kept. */
      author: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description Of the text, in UTF-8. */
      sizeBytes: number;
      /** @description Counts the texts that ever stood. */
      version: number;
    };
    WantedFlagDto: {
      comment: string;
      /** @enum {string} */
      status: 'pending' | 'success' | 'failure' | 'error' | 'canceled';
      /** @description Where it leads. */
      url: string;
      /** @description Who the forge names. */
      username: string;
      /** @description Raised by each change of what is wanted. */
      version: number;
    };
  };
  responses: {
    /**
     * @description `bad-json`: The body is no JSON, not UTF-8, nests too deep or has a key that is never allowed.
     *
     *     `bad-request`: The request is not well-formed HTTP for this address: an escape of the URL is broken.
     *
     *     `body-incomplete`: The connection ended before the body was complete.
     *
     *     `commit-not-whole`: An approval names the commit of the run with all its 40 hex digits.
     *
     *     `invalid-input`: Values of the body, the query or the path are wrong: "faults" lists every one of them by its path.
     */
    '400.bad-json.bad-request.body-incomplete.commit-not-whole.invalid-input': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'bad-json' | 'bad-request' | 'body-incomplete' | 'commit-not-whole' | 'invalid-input';
        };
      };
    };
    /**
     * @description `bad-json`: The body is no JSON, not UTF-8, nests too deep or has a key that is never allowed.
     *
     *     `bad-request`: The request is not well-formed HTTP for this address: an escape of the URL is broken.
     *
     *     `body-incomplete`: The connection ended before the body was complete.
     *
     *     `invalid-input`: Values of the body, the query or the path are wrong: "faults" lists every one of them by its path.
     */
    '400.bad-json.bad-request.body-incomplete.invalid-input': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'bad-json' | 'bad-request' | 'body-incomplete' | 'invalid-input';
        };
      };
    };
    /**
     * @description `bad-json`: The body is no JSON, not UTF-8, nests too deep or has a key that is never allowed.
     *
     *     `bad-request`: The request is not well-formed HTTP for this address: an escape of the URL is broken.
     *
     *     `body-incomplete`: The connection ended before the body was complete.
     *
     *     `invalid-input`: Values of the body, the query or the path are wrong: "faults" lists every one of them by its path.
     *
     *     `key-twice`: The same web-hook key is given twice.
     */
    '400.bad-json.bad-request.body-incomplete.invalid-input.key-twice': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'bad-json' | 'bad-request' | 'body-incomplete' | 'invalid-input' | 'key-twice';
        };
      };
    };
    /** @description `bad-request`: The request is not well-formed HTTP for this address: an escape of the URL is broken. */
    '400.bad-request': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'bad-request';
        };
      };
    };
    /**
     * @description `bad-request`: The request is not well-formed HTTP for this address: an escape of the URL is broken.
     *
     *     `body-incomplete`: The connection ended before the body was complete.
     *
     *     `nested-too-deep`: The body of a web-hook nests deeper than any that Pagure sends.
     *
     *     `not-the-envelope`: The body of a web-hook is signed and is not what Pagure sends.
     *
     *     `too-many-values`: The body of a web-hook holds more values than any that Pagure sends.
     */
    '400.bad-request.body-incomplete.nested-too-deep.not-the-envelope.too-many-values': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'bad-request' | 'body-incomplete' | 'nested-too-deep' | 'not-the-envelope' | 'too-many-values';
        };
      };
    };
    /**
     * @description `bad-request`: The request is not well-formed HTTP for this address: an escape of the URL is broken.
     *
     *     `invalid-input`: Values of the body, the query or the path are wrong: "faults" lists every one of them by its path.
     */
    '400.bad-request.invalid-input': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'bad-request' | 'invalid-input';
        };
      };
    };
    /**
     * @description `bad-signature`: No key of the project that the web-hook names signed it; the same for a project that is not here.
     *
     *     `other-project`: The message of a web-hook is signed for another project.
     */
    '401.bad-signature.other-project': {
      headers: {
        /** @description How to show a token. */
        'WWW-Authenticate'?: string;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'bad-signature' | 'other-project';
        };
      };
    };
    /**
     * @description `token-expired`: The API token has expired: ask a maintainer for another.
     *
     *     `token-missing`: The request shows no API token: send "Authorization: Bearer pa_…".
     *
     *     `token-revoked`: The API token was revoked.
     *
     *     `token-unknown`: The API token is none of this server.
     */
    '401.token-expired.token-missing.token-revoked.token-unknown': {
      headers: {
        /** @description How to show a token. */
        'WWW-Authenticate'?: string;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'token-expired' | 'token-missing' | 'token-revoked' | 'token-unknown';
        };
      };
    };
    /** @description `host-not-allowed`: The Host header names another server than this one: see server.allowed_hosts. */
    '403.host-not-allowed': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'host-not-allowed';
        };
      };
    };
    /**
     * @description `host-not-allowed`: The Host header names another server than this one: see server.allowed_hosts.
     *
     *     `role-missing`: The API token has a lower role than the route needs.
     */
    '403.host-not-allowed.role-missing': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'host-not-allowed' | 'role-missing';
        };
      };
    };
    /**
     * @description `host-not-allowed`: The Host header names another server than this one: see server.allowed_hosts.
     *
     *     `role-missing`: The API token has a lower role than the route needs.
     *
     *     `token-limited`: The API token is limited to projects, and this goes beyond them.
     */
    '403.host-not-allowed.role-missing.token-limited': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'host-not-allowed' | 'role-missing' | 'token-limited';
        };
      };
    };
    /** @description `no-such-address`: There is nothing at this address. */
    '404.no-such-address': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-address';
        };
      };
    };
    /**
     * @description `no-such-attempt`: The job has no such attempt (yet).
     *
     *     `no-such-job`: The run has no such job.
     *
     *     `no-such-run`: There is no such run, or the token does not see its project.
     */
    '404.no-such-attempt.no-such-job.no-such-run': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-attempt' | 'no-such-job' | 'no-such-run';
        };
      };
    };
    /**
     * @description `no-such-attempt`: The job has no such attempt (yet).
     *
     *     `no-such-run`: There is no such run, or the token does not see its project.
     */
    '404.no-such-attempt.no-such-run': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-attempt' | 'no-such-run';
        };
      };
    };
    /**
     * @description `no-such-body`: No message brought the event, or it is not kept any more.
     *
     *     `no-such-event`: There is no such event, or the token does not see its project.
     */
    '404.no-such-body.no-such-event': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-body' | 'no-such-event';
        };
      };
    };
    /** @description `no-such-event`: There is no such event, or the token does not see its project. */
    '404.no-such-event': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-event';
        };
      };
    };
    /**
     * @description `no-such-job`: The run has no such job.
     *
     *     `no-such-run`: There is no such run, or the token does not see its project.
     */
    '404.no-such-job.no-such-run': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-job' | 'no-such-run';
        };
      };
    };
    /**
     * @description `no-such-job`: The run has no such job.
     *
     *     `no-such-run`: There is no such run, or the token does not see its project.
     *
     *     `no-such-step`: The newest attempt of the job has no such step (yet).
     */
    '404.no-such-job.no-such-run.no-such-step': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-job' | 'no-such-run' | 'no-such-step';
        };
      };
    };
    /**
     * @description `no-such-key`: The project has no such web-hook key.
     *
     *     `no-such-project`: There is no such project, or the token does not see it.
     */
    '404.no-such-key.no-such-project': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-key' | 'no-such-project';
        };
      };
    };
    /** @description `no-such-pipeline`: The project has no pipeline of this name. */
    '404.no-such-pipeline': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-pipeline';
        };
      };
    };
    /**
     * @description `no-such-pipeline`: The project has no pipeline of this name.
     *
     *     `no-such-project`: There is no such project, or the token does not see it.
     */
    '404.no-such-pipeline.no-such-project': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-pipeline' | 'no-such-project';
        };
      };
    };
    /**
     * @description `no-such-pipeline`: The project has no pipeline of this name.
     *
     *     `no-such-project`: There is no such project, or the token does not see it.
     *
     *     `no-such-version`: The pipeline never had so many versions.
     */
    '404.no-such-pipeline.no-such-project.no-such-version': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-pipeline' | 'no-such-project' | 'no-such-version';
        };
      };
    };
    /** @description `no-such-project`: There is no such project, or the token does not see it. */
    '404.no-such-project': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-project';
        };
      };
    };
    /**
     * @description `no-such-project`: There is no such project, or the token does not see it.
     *
     *     `no-such-run`: There is no such run, or the token does not see its project.
     */
    '404.no-such-project.no-such-run': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-project' | 'no-such-run';
        };
      };
    };
    /**
     * @description `no-such-project`: There is no such project, or the token does not see it.
     *
     *     `no-such-secret`: The project has no secret of this name.
     */
    '404.no-such-project.no-such-secret': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-project' | 'no-such-secret';
        };
      };
    };
    /** @description `no-such-run`: There is no such run, or the token does not see its project. */
    '404.no-such-run': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-run';
        };
      };
    };
    /** @description `no-such-token`: There is no such API token, or it may more than the token that asks. */
    '404.no-such-token': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-token';
        };
      };
    };
    /** @description `body-too-slow`: The body was not complete in time. */
    '408.body-too-slow': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'body-too-slow';
        };
      };
    };
    /**
     * @description `approval-not-ready`: What the held run changes is not known yet, so nobody can have looked at it: try again.
     *
     *     `changed-meanwhile`: Somebody else changed it at the same time: read it again, and try again.
     *
     *     `other-commit`: The run holds another commit than the one that is approved: look at that one.
     *
     *     `pull-request-moved`: The forge shows the pull-request at another commit, or closed: the approval is void.
     *
     *     `run-done`: The run is done: there is nothing to cancel.
     *
     *     `run-not-held`: The run waits for no approval.
     */
    '409.approval-not-ready.changed-meanwhile.other-commit.pull-request-moved.run-done.run-not-held': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code:
            | 'approval-not-ready'
            | 'changed-meanwhile'
            | 'other-commit'
            | 'pull-request-moved'
            | 'run-done'
            | 'run-not-held';
        };
      };
    };
    /**
     * @description `changed-meanwhile`: Somebody else changed it at the same time: read it again, and try again.
     *
     *     `declared-in-file`: The configuration file declares it: it is changed there.
     */
    '409.changed-meanwhile.declared-in-file': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'changed-meanwhile' | 'declared-in-file';
        };
      };
    };
    /**
     * @description `changed-meanwhile`: Somebody else changed it at the same time: read it again, and try again.
     *
     *     `declared-in-file`: The configuration file declares it: it is changed there.
     *
     *     `key-in-use`: Another project uses this web-hook key: every project has its own.
     *
     *     `second-project`: The server keeps jobs of several projects apart only with another executor or with the consent of its settings.
     */
    '409.changed-meanwhile.declared-in-file.key-in-use.second-project': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'changed-meanwhile' | 'declared-in-file' | 'key-in-use' | 'second-project';
        };
      };
    };
    /**
     * @description `changed-meanwhile`: Somebody else changed it at the same time: read it again, and try again.
     *
     *     `declared-in-file`: The configuration file declares it: it is changed there.
     *
     *     `key-in-use`: Another project uses this web-hook key: every project has its own.
     *
     *     `too-many-keys`: A project has three web-hook keys at most.
     */
    '409.changed-meanwhile.declared-in-file.key-in-use.too-many-keys': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'changed-meanwhile' | 'declared-in-file' | 'key-in-use' | 'too-many-keys';
        };
      };
    };
    /**
     * @description `changed-meanwhile`: Somebody else changed it at the same time: read it again, and try again.
     *
     *     `declared-in-file`: The configuration file declares it: it is changed there.
     *
     *     `last-key`: The last web-hook key of a project is not taken away: nothing could be delivered any more.
     */
    '409.changed-meanwhile.declared-in-file.last-key': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'changed-meanwhile' | 'declared-in-file' | 'last-key';
        };
      };
    };
    /**
     * @description `changed-meanwhile`: Somebody else changed it at the same time: read it again, and try again.
     *
     *     `run-done`: The run is done: there is nothing to cancel.
     */
    '409.changed-meanwhile.run-done': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'changed-meanwhile' | 'run-done';
        };
      };
    };
    /** @description `declared-in-file`: The configuration file declares it: it is changed there. */
    '409.declared-in-file': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'declared-in-file';
        };
      };
    };
    /**
     * @description `declared-in-file`: The configuration file declares it: it is changed there.
     *
     *     `too-many-secrets`: The project has as many secrets as may be.
     */
    '409.declared-in-file.too-many-secrets': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'declared-in-file' | 'too-many-secrets';
        };
      };
    };
    /**
     * @description `event-not-replayable`: The event starts nothing by its verdict, or its message is not kept.
     *
     *     `event-stale`: The event is stale: release it, and it starts its pipelines.
     *
     *     `event-undecided`: The event still waits to be decided: replay it afterwards.
     */
    '409.event-not-replayable.event-stale.event-undecided': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'event-not-replayable' | 'event-stale' | 'event-undecided';
        };
      };
    };
    /**
     * @description `event-not-stale`: Only a stale event is released.
     *
     *     `event-released`: The event was released already: replay it to start its pipelines again.
     */
    '409.event-not-stale.event-released': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'event-not-stale' | 'event-released';
        };
      };
    };
    /**
     * @description `key-in-use`: Another project uses this web-hook key: every project has its own.
     *
     *     `project-exists`: The project of this instance is registered already.
     *
     *     `second-project`: The server keeps jobs of several projects apart only with another executor or with the consent of its settings.
     */
    '409.key-in-use.project-exists.second-project': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'key-in-use' | 'project-exists' | 'second-project';
        };
      };
    };
    /** @description `last-maintain-token`: Nobody could use the server as a maintainer any more: make another such token first. */
    '409.last-maintain-token': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'last-maintain-token';
        };
      };
    };
    /**
     * @description `nothing-failed`: No job of the run failed: repeat all of them instead.
     *
     *     `project-disabled`: The project is disabled: nothing of it starts until it is enabled.
     *
     *     `run-not-done`: The run is not done yet: wait for its end, or cancel it.
     *
     *     `run-unplanned`: The run was never planned: its pipeline has problems, or it waits for an approval.
     */
    '409.nothing-failed.project-disabled.run-not-done.run-unplanned': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'nothing-failed' | 'project-disabled' | 'run-not-done' | 'run-unplanned';
        };
      };
    };
    /**
     * @description `pipeline-ambiguous`: Several pipelines have this name: give the key or the path of one of them.
     *
     *     `project-disabled`: The project is disabled: nothing of it starts until it is enabled.
     */
    '409.pipeline-ambiguous.project-disabled': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'pipeline-ambiguous' | 'project-disabled';
        };
      };
    };
    /** @description `pipeline-exists`: The project has a pipeline of this name already: replace it with PUT. */
    '409.pipeline-exists': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'pipeline-exists';
        };
      };
    };
    /** @description `project-disabled`: The project is disabled: nothing of it starts until it is enabled. */
    '409.project-disabled': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'project-disabled';
        };
      };
    };
    /** @description `run-not-held`: The run waits for no approval. */
    '409.run-not-held': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'run-not-held';
        };
      };
    };
    /** @description `run-unplanned`: The run was never planned: its pipeline has problems, or it waits for an approval. */
    '409.run-unplanned': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'run-unplanned';
        };
      };
    };
    /** @description `precondition-failed`: It was changed since it was read: read it again, and send its new ETag as If-Match. */
    '412.precondition-failed': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'precondition-failed';
        };
      };
    };
    /** @description `body-too-large`: The body is larger than this route takes. */
    '413.body-too-large': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'body-too-large';
        };
      };
    };
    /** @description `not-json`: The body is not said to be application/json in UTF-8, uncompressed. */
    '415.not-json': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'not-json';
        };
      };
    };
    /** @description `range-unsatisfiable`: Nothing of the range is there; Content-Range names the size. */
    '416.range-unsatisfiable': {
      headers: {
        /** @description Which part of the whole this is. */
        'Content-Range'?: string;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'range-unsatisfiable';
        };
      };
    };
    /** @description `no-such-ref`: The project has no such branch or tag, or no commit yet: a start by hand names a branch or tag of its own. */
    '422.no-such-ref': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-ref';
        };
      };
    };
    /**
     * @description `no-such-ref`: The project has no such branch or tag, or no commit yet: a start by hand names a branch or tag of its own.
     *
     *     `pipeline-broken`: The text of the pipeline has errors: "problems" lists every one of them by its place.
     */
    '422.no-such-ref.pipeline-broken': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'no-such-ref' | 'pipeline-broken';
        };
      };
    };
    /** @description `pipeline-broken`: The text of the pipeline has errors: "problems" lists every one of them by its place. */
    '422.pipeline-broken': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'pipeline-broken';
        };
      };
    };
    /** @description `too-many-refused`: Too many signatures of web-hooks from this address did not hold. */
    '429.too-many-refused': {
      headers: {
        /** @description After how many seconds to try again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'too-many-refused';
        };
      };
    };
    /** @description `too-many-streams`: The token holds as many streams open as one token may: close one of them first. */
    '429.too-many-streams': {
      headers: {
        /** @description After how many seconds to try again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'too-many-streams';
        };
      };
    };
    /** @description `internal-error`: The server failed to answer; its log says why. */
    '500.internal-error': {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'internal-error';
        };
      };
    };
    /**
     * @description `forge-silent`: The forge does not say what it was asked: try again.
     *
     *     `unavailable`: The server cannot do this just now: try it again.
     */
    '503.forge-silent.unavailable': {
      headers: {
        /** @description After how many seconds to try again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'forge-silent' | 'unavailable';
        };
      };
    };
    /**
     * @description `not-ready`: The server cannot take work now: "faults" names every check that failed by its path.
     *
     *     `unavailable`: The server cannot do this just now: try it again.
     */
    '503.not-ready.unavailable': {
      headers: {
        /** @description After how many seconds to try again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'not-ready' | 'unavailable';
        };
      };
    };
    /**
     * @description `stopping`: The server stops: a body that is not complete is not waited for, and no stream is opened. Come back later.
     *
     *     `streams-full`: As many streams are open as the server holds: try it again later.
     *
     *     `unavailable`: The server cannot do this just now: try it again.
     */
    '503.stopping.streams-full.unavailable': {
      headers: {
        /** @description After how many seconds to try again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'stopping' | 'streams-full' | 'unavailable';
        };
      };
    };
    /**
     * @description `stopping`: The server stops: a body that is not complete is not waited for, and no stream is opened. Come back later.
     *
     *     `unavailable`: The server cannot do this just now: try it again.
     */
    '503.stopping.unavailable': {
      headers: {
        /** @description After how many seconds to try again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'stopping' | 'unavailable';
        };
      };
    };
    /**
     * @description `streams-full`: As many streams are open as the server holds: try it again later.
     *
     *     `unavailable`: The server cannot do this just now: try it again.
     */
    '503.streams-full.unavailable': {
      headers: {
        /** @description After how many seconds to try again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'streams-full' | 'unavailable';
        };
      };
    };
    /** @description `unavailable`: The server cannot do this just now: try it again. */
    '503.unavailable': {
      headers: {
        /** @description After how many seconds to try again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'] & {
          /** @enum {string} */
          code: 'unavailable';
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type AnnotationDto = components['schemas']['AnnotationDto'];
export type AnnotationListDto = components['schemas']['AnnotationListDto'];
export type ApprovalDto = components['schemas']['ApprovalDto'];
export type ApproveInput = components['schemas']['ApproveInput'];
export type BundledJobDto = components['schemas']['BundledJobDto'];
export type BundledRunDto = components['schemas']['BundledRunDto'];
export type CancelInput = components['schemas']['CancelInput'];
export type ChangedCommitDto = components['schemas']['ChangedCommitDto'];
export type ChangedFileDto = components['schemas']['ChangedFileDto'];
export type ChangedPipelineDto = components['schemas']['ChangedPipelineDto'];
export type DecisionDto = components['schemas']['DecisionDto'];
export type DeliveryDto = components['schemas']['DeliveryDto'];
export type DiffDto = components['schemas']['DiffDto'];
export type DiffHunkDto = components['schemas']['DiffHunkDto'];
export type DiffLineDto = components['schemas']['DiffLineDto'];
export type DispatchedDto = components['schemas']['DispatchedDto'];
export type EnvironmentDto = components['schemas']['EnvironmentDto'];
export type EventActionDto = components['schemas']['EventActionDto'];
export type EventDto = components['schemas']['EventDto'];
export type EventExplanationDto = components['schemas']['EventExplanationDto'];
export type EventListDto = components['schemas']['EventListDto'];
export type EventSummaryDto = components['schemas']['EventSummaryDto'];
export type ExplainedCommandDto = components['schemas']['ExplainedCommandDto'];
export type ExplainedDecisionDto = components['schemas']['ExplainedDecisionDto'];
export type ExplainedErrorDto = components['schemas']['ExplainedErrorDto'];
export type ExplainedFailureDto = components['schemas']['ExplainedFailureDto'];
export type ExplainedJobDto = components['schemas']['ExplainedJobDto'];
export type ExplainedNoteDto = components['schemas']['ExplainedNoteDto'];
export type ExplainedRunDto = components['schemas']['ExplainedRunDto'];
export type ExplainedStepDto = components['schemas']['ExplainedStepDto'];
export type Fault = components['schemas']['Fault'];
export type FlagDto = components['schemas']['FlagDto'];
export type FlagListDto = components['schemas']['FlagListDto'];
export type ForgeIdentityDto = components['schemas']['ForgeIdentityDto'];
export type GreenRunDto = components['schemas']['GreenRunDto'];
export type HealthDto = components['schemas']['HealthDto'];
export type JobDto = components['schemas']['JobDto'];
export type JobOutputsDto = components['schemas']['JobOutputsDto'];
export type KeyDto = components['schemas']['KeyDto'];
export type KeyInput = components['schemas']['KeyInput'];
export type KeyListDto = components['schemas']['KeyListDto'];
export type LintDto = components['schemas']['LintDto'];
export type LintInput = components['schemas']['LintInput'];
export type NewTokenDto = components['schemas']['NewTokenDto'];
export type PausedFlagsDto = components['schemas']['PausedFlagsDto'];
export type PipelineChangeInput = components['schemas']['PipelineChangeInput'];
export type PipelineDiffInput = components['schemas']['PipelineDiffInput'];
export type PipelineDispatchInput = components['schemas']['PipelineDispatchInput'];
export type PipelineDto = components['schemas']['PipelineDto'];
export type PipelineInput = components['schemas']['PipelineInput'];
export type PipelineListDto = components['schemas']['PipelineListDto'];
export type PipelineNameDto = components['schemas']['PipelineNameDto'];
export type PipelineProblem = components['schemas']['PipelineProblem'];
export type PipelineReplacementInput = components['schemas']['PipelineReplacementInput'];
export type PipelineSummaryDto = components['schemas']['PipelineSummaryDto'];
export type PreviewedJobDto = components['schemas']['PreviewedJobDto'];
export type PreviewedTurnDto = components['schemas']['PreviewedTurnDto'];
export type Problem = components['schemas']['Problem'];
export type ProblemDto = components['schemas']['ProblemDto'];
export type ProjectChangeInput = components['schemas']['ProjectChangeInput'];
export type ProjectDispatchInput = components['schemas']['ProjectDispatchInput'];
export type ProjectDto = components['schemas']['ProjectDto'];
export type ProjectInput = components['schemas']['ProjectInput'];
export type ProjectListDto = components['schemas']['ProjectListDto'];
export type ProjectNameDto = components['schemas']['ProjectNameDto'];
export type ProjectSettingsDto = components['schemas']['ProjectSettingsDto'];
export type ProjectSettingsInput = components['schemas']['ProjectSettingsInput'];
export type QuarantinedDto = components['schemas']['QuarantinedDto'];
export type ReadinessDto = components['schemas']['ReadinessDto'];
export type RefusedDto = components['schemas']['RefusedDto'];
export type RefusedListDto = components['schemas']['RefusedListDto'];
export type ReleasedEventDto = components['schemas']['ReleasedEventDto'];
export type ReplayDecisionDto = components['schemas']['ReplayDecisionDto'];
export type ReplayDto = components['schemas']['ReplayDto'];
export type ReplayInput = components['schemas']['ReplayInput'];
export type RepositoryDispatchInput = components['schemas']['RepositoryDispatchInput'];
export type RepositoryInput = components['schemas']['RepositoryInput'];
export type RerunInput = components['schemas']['RerunInput'];
export type RunAttemptDto = components['schemas']['RunAttemptDto'];
export type RunAttemptListDto = components['schemas']['RunAttemptListDto'];
export type RunBundleDto = components['schemas']['RunBundleDto'];
export type RunDto = components['schemas']['RunDto'];
export type RunExplanationDto = components['schemas']['RunExplanationDto'];
export type RunListDto = components['schemas']['RunListDto'];
export type RunPreviewDto = components['schemas']['RunPreviewDto'];
export type RunSummaryDto = components['schemas']['RunSummaryDto'];
export type SecretDto = components['schemas']['SecretDto'];
export type SecretInput = components['schemas']['SecretInput'];
export type SecretListDto = components['schemas']['SecretListDto'];
export type SentFlagDto = components['schemas']['SentFlagDto'];
export type ShownRepositoryDto = components['schemas']['ShownRepositoryDto'];
export type SinceGreenDto = components['schemas']['SinceGreenDto'];
export type StepDto = components['schemas']['StepDto'];
export type StepReportDto = components['schemas']['StepReportDto'];
export type TokenDto = components['schemas']['TokenDto'];
export type TokenInput = components['schemas']['TokenInput'];
export type TokenListDto = components['schemas']['TokenListDto'];
export type VersionDto = components['schemas']['VersionDto'];
export type VersionListDto = components['schemas']['VersionListDto'];
export type VersionSummaryDto = components['schemas']['VersionSummaryDto'];
export type WantedFlagDto = components['schemas']['WantedFlagDto'];
export type Response400BadJsonBadRequestBodyIncompleteCommitNotWholeInvalidInput =
  components['responses']['400.bad-json.bad-request.body-incomplete.commit-not-whole.invalid-input'];
export type Response400BadJsonBadRequestBodyIncompleteInvalidInput =
  components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
export type Response400BadJsonBadRequestBodyIncompleteInvalidInputKeyTwice =
  components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input.key-twice'];
export type Response400BadRequest = components['responses']['400.bad-request'];
export type Response400BadRequestBodyIncompleteNestedTooDeepNotTheEnvelopeTooManyValues =
  components['responses']['400.bad-request.body-incomplete.nested-too-deep.not-the-envelope.too-many-values'];
export type Response400BadRequestInvalidInput = components['responses']['400.bad-request.invalid-input'];
export type Response401BadSignatureOtherProject = components['responses']['401.bad-signature.other-project'];
export type Response401TokenExpiredTokenMissingTokenRevokedTokenUnknown =
  components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
export type Response403HostNotAllowed = components['responses']['403.host-not-allowed'];
export type Response403HostNotAllowedRoleMissing = components['responses']['403.host-not-allowed.role-missing'];
export type Response403HostNotAllowedRoleMissingTokenLimited =
  components['responses']['403.host-not-allowed.role-missing.token-limited'];
export type Response404NoSuchAddress = components['responses']['404.no-such-address'];
export type Response404NoSuchAttemptNoSuchJobNoSuchRun =
  components['responses']['404.no-such-attempt.no-such-job.no-such-run'];
export type Response404NoSuchAttemptNoSuchRun = components['responses']['404.no-such-attempt.no-such-run'];
export type Response404NoSuchBodyNoSuchEvent = components['responses']['404.no-such-body.no-such-event'];
export type Response404NoSuchEvent = components['responses']['404.no-such-event'];
export type Response404NoSuchJobNoSuchRun = components['responses']['404.no-such-job.no-such-run'];
export type Response404NoSuchJobNoSuchRunNoSuchStep =
  components['responses']['404.no-such-job.no-such-run.no-such-step'];
export type Response404NoSuchKeyNoSuchProject = components['responses']['404.no-such-key.no-such-project'];
export type Response404NoSuchPipeline = components['responses']['404.no-such-pipeline'];
export type Response404NoSuchPipelineNoSuchProject = components['responses']['404.no-such-pipeline.no-such-project'];
export type Response404NoSuchPipelineNoSuchProjectNoSuchVersion =
  components['responses']['404.no-such-pipeline.no-such-project.no-such-version'];
export type Response404NoSuchProject = components['responses']['404.no-such-project'];
export type Response404NoSuchProjectNoSuchRun = components['responses']['404.no-such-project.no-such-run'];
export type Response404NoSuchProjectNoSuchSecret = components['responses']['404.no-such-project.no-such-secret'];
export type Response404NoSuchRun = components['responses']['404.no-such-run'];
export type Response404NoSuchToken = components['responses']['404.no-such-token'];
export type Response408BodyTooSlow = components['responses']['408.body-too-slow'];
export type Response409ApprovalNotReadyChangedMeanwhileOtherCommitPullRequestMovedRunDoneRunNotHeld =
  components['responses']['409.approval-not-ready.changed-meanwhile.other-commit.pull-request-moved.run-done.run-not-held'];
export type Response409ChangedMeanwhileDeclaredInFile =
  components['responses']['409.changed-meanwhile.declared-in-file'];
export type Response409ChangedMeanwhileDeclaredInFileKeyInUseSecondProject =
  components['responses']['409.changed-meanwhile.declared-in-file.key-in-use.second-project'];
export type Response409ChangedMeanwhileDeclaredInFileKeyInUseTooManyKeys =
  components['responses']['409.changed-meanwhile.declared-in-file.key-in-use.too-many-keys'];
export type Response409ChangedMeanwhileDeclaredInFileLastKey =
  components['responses']['409.changed-meanwhile.declared-in-file.last-key'];
export type Response409ChangedMeanwhileRunDone = components['responses']['409.changed-meanwhile.run-done'];
export type Response409DeclaredInFile = components['responses']['409.declared-in-file'];
export type Response409DeclaredInFileTooManySecrets = components['responses']['409.declared-in-file.too-many-secrets'];
export type Response409EventNotReplayableEventStaleEventUndecided =
  components['responses']['409.event-not-replayable.event-stale.event-undecided'];
export type Response409EventNotStaleEventReleased = components['responses']['409.event-not-stale.event-released'];
export type Response409KeyInUseProjectExistsSecondProject =
  components['responses']['409.key-in-use.project-exists.second-project'];
export type Response409LastMaintainToken = components['responses']['409.last-maintain-token'];
export type Response409NothingFailedProjectDisabledRunNotDoneRunUnplanned =
  components['responses']['409.nothing-failed.project-disabled.run-not-done.run-unplanned'];
export type Response409PipelineAmbiguousProjectDisabled =
  components['responses']['409.pipeline-ambiguous.project-disabled'];
export type Response409PipelineExists = components['responses']['409.pipeline-exists'];
export type Response409ProjectDisabled = components['responses']['409.project-disabled'];
export type Response409RunNotHeld = components['responses']['409.run-not-held'];
export type Response409RunUnplanned = components['responses']['409.run-unplanned'];
export type Response412PreconditionFailed = components['responses']['412.precondition-failed'];
export type Response413BodyTooLarge = components['responses']['413.body-too-large'];
export type Response415NotJson = components['responses']['415.not-json'];
export type Response416RangeUnsatisfiable = components['responses']['416.range-unsatisfiable'];
export type Response422NoSuchRef = components['responses']['422.no-such-ref'];
export type Response422NoSuchRefPipelineBroken = components['responses']['422.no-such-ref.pipeline-broken'];
export type Response422PipelineBroken = components['responses']['422.pipeline-broken'];
export type Response429TooManyRefused = components['responses']['429.too-many-refused'];
export type Response429TooManyStreams = components['responses']['429.too-many-streams'];
export type Response500InternalError = components['responses']['500.internal-error'];
export type Response503ForgeSilentUnavailable = components['responses']['503.forge-silent.unavailable'];
export type Response503NotReadyUnavailable = components['responses']['503.not-ready.unavailable'];
export type Response503StoppingStreamsFullUnavailable =
  components['responses']['503.stopping.streams-full.unavailable'];
export type Response503StoppingUnavailable = components['responses']['503.stopping.unavailable'];
export type Response503StreamsFullUnavailable = components['responses']['503.streams-full.unavailable'];
export type Response503Unavailable = components['responses']['503.unavailable'];
export type $defs = Record<string, never>;
export interface operations {
  'description.page': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description What a browser may do with the page. */
          'Content-Security-Policy'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'description.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description gzip, to have it packed. */
        'Accept-Encoding'?: string;
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description How the answer is packed. */
          'Content-Encoding'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'description.file': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which try. */
        file: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/javascript': string;
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed'];
      /** @description problem details */
      404: components['responses']['404.no-such-address'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'events.list': {
    parameters: {
      query?: {
        /** @description Who did it. */
        actor?: string;
        /** @description A commit, or at least its first 7 digits. */
        commit?: string;
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description Kind of the event. */
        kind?:
          | 'push'
          | 'create'
          | 'delete'
          | 'pull-request'
          | 'comment'
          | 'issue'
          | 'flag'
          | 'project'
          | 'schedule'
          | 'dispatch'
          | 'run'
          | 'other';
        /** @description Items of one page. */
        limit?: number;
        /** @description Id or full name of a project. */
        project?: string;
        /** @description Number of a pull-request. */
        'pull-request'?: number;
        /** @description Full name of a ref, or the bare one of a branch or tag. */
        ref?: string;
        /** @description Not older. */
        since?: string;
        /** @description How far it is. */
        state?: 'due' | 'done' | 'parked' | 'idle';
        /** @description Words that all stand in the summary; neither case nor accents matter. */
        text?: string;
        /** @description Topics, one of which fits; `*` stands for any text. Several are given with commas, or one by one. */
        topic?: string[];
        /** @description Not newer. */
        until?: string;
        /** @description What the delivery was taken for. */
        verdict?: 'ok' | 'stale' | 'inconsistent' | 'conflict';
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'events.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which event. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-event'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'events.body': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which event. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-body.no-such-event'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'explain.event': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which event. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventExplanationDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-event'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'eventActions.release': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which event. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleasedEventDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-event'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.event-not-stale.event-released'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'eventActions.replay': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which event. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReplayInput'];
      };
    };
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayDto'];
        };
      };
      /** @description the event was made and will be decided; Location says where it is */
      202: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-event'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.event-not-replayable.event-stale.event-undecided'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'flags.list': {
    parameters: {
      query?: {
        /** @description A commit, or at least its first 7 digits. */
        commit?: string;
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description Items of one page. */
        limit?: number;
        /** @description Key of a pipeline. */
        pipeline?: string;
        /** @description Id or full name of a project. */
        project?: string;
        /** @description Does the forge show what is wanted? */
        sending?: 'sent' | 'waiting' | 'paused';
        /** @description What is wanted. */
        status?: 'pending' | 'success' | 'failure' | 'error' | 'canceled';
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlagListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'lint.lint': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LintInput'];
      };
    };
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LintDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'allPipelines.list': {
    parameters: {
      query?: {
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description Items of one page. */
        limit?: number;
        /** @description Only those of this project. */
        project?: number;
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PipelineListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'dispatch.pipeline': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which pipeline. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PipelineDispatchInput'];
      };
    };
    responses: {
      /** @description as asked */
      202: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DispatchedDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-pipeline'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.project-disabled'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      422: components['responses']['422.no-such-ref.pipeline-broken'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'projects.list': {
    parameters: {
      query?: {
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description Items of one page. */
        limit?: number;
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'projects.register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProjectInput'];
      };
    };
    responses: {
      /** @description as asked */
      201: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input.key-twice'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing.token-limited'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.key-in-use.project-exists.second-project'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'projects.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'projects.change': {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of what was read: 412 when it was changed since. Left out: written whatever stands. */
        'If-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProjectChangeInput'];
      };
    };
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input.key-twice'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.changed-meanwhile.declared-in-file.key-in-use.second-project'];
      /** @description problem details */
      412: components['responses']['412.precondition-failed'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'dispatch.ofProject': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProjectDispatchInput'];
      };
    };
    responses: {
      /** @description as asked */
      202: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DispatchedDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-pipeline.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.pipeline-ambiguous.project-disabled'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      422: components['responses']['422.no-such-ref.pipeline-broken'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'dispatch.repository': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RepositoryDispatchInput'];
      };
    };
    responses: {
      /** @description as asked */
      202: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DispatchedDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.project-disabled'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      422: components['responses']['422.no-such-ref'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'keys.list': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'keys.add': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['KeyInput'];
      };
    };
    responses: {
      /** @description as asked */
      201: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input.key-twice'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.changed-meanwhile.declared-in-file.key-in-use.too-many-keys'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'keys.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which key. */
        keyId: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-key.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'keys.remove': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which key. */
        keyId: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-key.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.changed-meanwhile.declared-in-file.last-key'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'keys.makeFirst': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which key. */
        keyId: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyListDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-key.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.changed-meanwhile.declared-in-file'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelines.list': {
    parameters: {
      query?: {
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description Items of one page. */
        limit?: number;
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PipelineListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelines.create': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PipelineInput'];
      };
    };
    responses: {
      /** @description as asked */
      201: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangedPipelineDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.pipeline-exists'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      422: components['responses']['422.pipeline-broken'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelines.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which pipeline. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PipelineDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-pipeline.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelines.replace': {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of what was read: 412 when it was changed since. Left out: written whatever stands. */
        'If-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which pipeline. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PipelineReplacementInput'];
      };
    };
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangedPipelineDto'];
        };
      };
      /** @description there was none of that name */
      201: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangedPipelineDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.changed-meanwhile.declared-in-file'];
      /** @description problem details */
      412: components['responses']['412.precondition-failed'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      422: components['responses']['422.pipeline-broken'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelines.change': {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of what was read: 412 when it was changed since. Left out: written whatever stands. */
        'If-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which pipeline. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PipelineChangeInput'];
      };
    };
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PipelineDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-pipeline.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.changed-meanwhile.declared-in-file'];
      /** @description problem details */
      412: components['responses']['412.precondition-failed'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelineVersions.diff': {
    parameters: {
      query?: {
        /** @description A version; left out: the one before "to". */
        from?: number;
        /** @description Another version; left out: the one that stands. */
        to?: number;
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which pipeline. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DiffDto'];
          'text/plain': components['schemas']['DiffDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-pipeline.no-such-project.no-such-version'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelineVersions.propose': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which pipeline. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PipelineDiffInput'];
      };
    };
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DiffDto'];
          'text/plain': components['schemas']['DiffDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-pipeline.no-such-project.no-such-version'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelineVersions.list': {
    parameters: {
      query?: {
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description Items of one page. */
        limit?: number;
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which pipeline. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VersionListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-pipeline.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pipelineVersions.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which pipeline. */
        name: string;
        /** @description Which version. */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VersionDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-pipeline.no-such-project.no-such-version'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'refused.list': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefusedListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'secrets.list': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'secrets.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which secret. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project.no-such-secret'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'secrets.set': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which secret. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SecretInput'];
      };
    };
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretDto'];
        };
      };
      /** @description there was none of that name */
      201: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.declared-in-file.too-many-secrets'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'secrets.remove': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which project. */
        id: number;
        /** @description Which secret. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project.no-such-secret'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.declared-in-file'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'runs.list': {
    parameters: {
      query?: {
        /** @description Who caused it. */
        actor?: string;
        /** @description Bare name of a branch, or the full name of a ref. */
        branch?: string;
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description GitHub's name of an event, or a topic; a number is the id of one event. */
        event?: string;
        /** @description Items of one page. */
        limit?: number;
        /** @description Name or key of a pipeline. */
        pipeline?: string;
        /** @description Id or full name of a project. */
        project?: string;
        /** @description How it ended. */
        result?: 'success' | 'failure' | 'error' | 'canceled' | 'skipped';
        /** @description Not older. */
        since?: string;
        /** @description How far it is. */
        state?: 'waiting' | 'queued' | 'running' | 'done';
        /** @description How far its code is trusted. */
        trust?: 'trusted' | 'restricted' | 'held';
        /** @description Not newer. */
        until?: string;
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'runs.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'runReports.annotations': {
    parameters: {
      query?: {
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description Those of one job. */
        job?: number;
        /** @description Those of one level. */
        level?: 'notice' | 'warning' | 'error';
        /** @description Items of one page. */
        limit?: number;
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AnnotationListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'approvals.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      409: components['responses']['409.run-not-held'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'approvals.approve': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApproveInput'];
      };
    };
    responses: {
      /** @description as asked */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.commit-not-whole.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.approval-not-ready.changed-meanwhile.other-commit.pull-request-moved.run-done.run-not-held'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.forge-silent.unavailable'];
    };
  };
  'runAttempts.list': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunAttemptListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'runAttempts.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which attempt. */
        attempt: number;
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-attempt.no-such-run'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'runReports.bundle': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunBundleDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      409: components['responses']['409.run-unplanned'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'runs.cancel': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CancelInput'];
      };
    };
    responses: {
      /** @description as asked */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.changed-meanwhile.run-done'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'explain.run': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunExplanationDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'log.read': {
    parameters: {
      query?: {
        /** @description Which attempt of the job; left out: the newest. */
        attempt?: number;
        /** @description Send what is there and then what comes, until the attempt has ended. */
        follow?: '1';
        /** @description From this byte on, the first one is 0. */
        from_byte?: number;
        /** @description From this line on, the first one is 1. */
        from_line?: number;
        /** @description Only what this step printed; lines are then counted among its own. */
        step?: number;
        /** @description So many of the last lines. */
        tail?: number;
        /** @description Up to this line, itself included. */
        to_line?: number;
      };
      header?: {
        /** @description gzip, to have it packed. */
        'Accept-Encoding'?: string;
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
        /** @description The ETag of what the parts before were of; of anything else the whole is sent. */
        'If-Range'?: string;
        /** @description One part, by byte: 206 with it, 416 where nothing of it is there. */
        Range?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
        /** @description Which job. */
        jobId: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description Parts may be asked for by byte. */
          'Accept-Ranges'?: string;
          /** @description How the answer is packed. */
          'Content-Encoding'?: string;
          /** @description Which part of the whole this is. */
          'Content-Range'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description The attempt whose log this is. */
          'X-Log-Attempt'?: number;
          /** @description Where in the log the first byte of the answer stands. */
          'X-Log-From-Byte'?: number;
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description a range of bytes was asked for */
      206: {
        headers: {
          /** @description Parts may be asked for by byte. */
          'Accept-Ranges'?: string;
          /** @description How the answer is packed. */
          'Content-Encoding'?: string;
          /** @description Which part of the whole this is. */
          'Content-Range'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description The attempt whose log this is. */
          'X-Log-Attempt'?: number;
          /** @description Where in the log the first byte of the answer stands. */
          'X-Log-From-Byte'?: number;
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-attempt.no-such-job.no-such-run'];
      /** @description problem details */
      416: components['responses']['416.range-unsatisfiable'];
      /** @description problem details */
      429: components['responses']['429.too-many-streams'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.streams-full.unavailable'];
    };
  };
  'runReports.outputs': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
        /** @description Which job. */
        jobId: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobOutputsDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-job.no-such-run'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'runReports.step': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: number;
        /** @description Which job. */
        jobId: number;
        /** @description Which step. */
        number: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StepReportDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-job.no-such-run.no-such-step'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'runAttempts.rerun': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which run. */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RerunInput'];
      };
    };
    responses: {
      /** @description as asked */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-run'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.nothing-failed.project-disabled.run-not-done.run-unplanned'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'stream.open': {
    parameters: {
      query?: {
        /** @description Only these kinds of change: some of event, run, job, flag. All of them where it is left out. */
        kinds?: string;
        /** @description Id or full name of a project. */
        project?: string;
        /** @description Only of this run: itself, its jobs and its flag. */
        run?: number;
      };
      header?: {
        /** @description The id of the last server-sent event that came: the stream goes on behind it. */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-project.no-such-run'];
      /** @description problem details */
      429: components['responses']['429.too-many-streams'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.stopping.streams-full.unavailable'];
    };
  };
  'tokens.list': {
    parameters: {
      query?: {
        /** @description "next" of the page before; left out: the newest. */
        cursor?: string;
        /** @description Items of one page. */
        limit?: number;
      };
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          /** @description Where the next page is; left out on the last one. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenListDto'];
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'tokens.issue': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TokenInput'];
      };
    };
    responses: {
      /** @description as asked */
      201: {
        headers: {
          /** @description Where that which was made is found. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewTokenDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing.token-limited'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'tokens.revoke': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Which token. */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-json.bad-request.body-incomplete.invalid-input'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing'];
      /** @description problem details */
      404: components['responses']['404.no-such-token'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      409: components['responses']['409.last-maintain-token'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pages.event': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which event. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description What a browser may do with the page. */
          'Content-Security-Policy'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description What a browser may do with the page. */
          'Content-Security-Policy'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed'];
      /** @description problem details */
      404: {
        headers: {
          /** @description What a browser may do with the page. */
          'Content-Security-Policy'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description problem details */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal-error';
          };
          'text/html': string;
        };
      };
      /** @description problem details */
      503: {
        headers: {
          /** @description After how many seconds to try again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unavailable';
          };
          'text/html': string;
        };
      };
    };
  };
  'health.alive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'pagure.receive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description The same message is here already. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The event that it made, if any. */
            eventId: number | null;
            /**
             * @description `conflict`: its id came before with another body; both are kept, and this one starts nothing.
             * @enum {string}
             */
            outcome: 'new' | 'same' | 'conflict';
          };
        };
      };
      /** @description It is on disk now. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The event that it made, if any. */
            eventId: number | null;
            /**
             * @description `conflict`: its id came before with another body; both are kept, and this one starts nothing.
             * @enum {string}
             */
            outcome: 'new' | 'same' | 'conflict';
          };
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-request.body-incomplete.nested-too-deep.not-the-envelope.too-many-values'];
      /** @description problem details */
      401: components['responses']['401.bad-signature.other-project'];
      /** @description problem details */
      408: components['responses']['408.body-too-slow'];
      /** @description problem details */
      413: components['responses']['413.body-too-large'];
      /** @description problem details */
      415: components['responses']['415.not-json'];
      /** @description problem details */
      429: components['responses']['429.too-many-refused'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.stopping.unavailable'];
    };
  };
  'metrics.read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      401: components['responses']['401.token-expired.token-missing.token-revoked.token-unknown'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed.role-missing.token-limited'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
  'health.ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadinessDto'];
        };
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.not-ready.unavailable'];
    };
  };
  'pages.run': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Which run. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description What a browser may do with the page. */
          'Content-Security-Policy'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description What a browser may do with the page. */
          'Content-Security-Policy'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed'];
      /** @description problem details */
      404: {
        headers: {
          /** @description What a browser may do with the page. */
          'Content-Security-Policy'?: string;
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description problem details */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'internal-error';
          };
          'text/html': string;
        };
      };
      /** @description problem details */
      503: {
        headers: {
          /** @description After how many seconds to try again. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'] & {
            /** @enum {string} */
            code: 'unavailable';
          };
          'text/html': string;
        };
      };
    };
  };
  'pipelineSchema.read': {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what is there already: 304 when it still stands. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description as asked */
      200: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/schema+json': {
            [key: string]: unknown;
          };
        };
      };
      /** @description What was named in If-None-Match still stands. */
      304: {
        headers: {
          /** @description The state that this answer shows: send it back as If-None-Match or If-Match. */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description problem details */
      400: components['responses']['400.bad-request'];
      /** @description problem details */
      403: components['responses']['403.host-not-allowed'];
      /** @description problem details */
      500: components['responses']['500.internal-error'];
      /** @description problem details */
      503: components['responses']['503.unavailable'];
    };
  };
}
