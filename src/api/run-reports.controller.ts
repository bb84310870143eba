/** What the jobs of a run give beside their result: annotations, outputs, summaries; and the run as a bundle. */
import { Controller, Get, Inject, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Job } from '../model/run.js';
import type { Asker } from '../projects/asker.js';
import { MakeBundle } from '../runs/make-bundle.js';
import { Runs } from '../store/runs.js';
import { StepReports } from '../store/step-reports.js';
import { annotationDto, AnnotationListDto, AnnotationListQuery } from './annotation.dto.js';
import { CheckedInput, RowId, StepNumber } from './checked-input.pipe.js';
import { Described } from './described.js';
import { linkNext, readPage } from './list-query.js';
import { RunBundleDto } from './run-bundle.dto.js';
import { JobOutputsDto, StepReportDto } from './step-report.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

@Controller('api/v1/runs/:id')
@UseGuards(TokenGuard)
export class RunReportsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(StepReports) private readonly reports: StepReports,
    @Inject(MakeBundle) private readonly bundles: MakeBundle,
  ) {}

  @Get('annotations')
  @Needs('read')
  @Described({
    says: 'List the annotations of a run: what its jobs point out about the files of the project',
    more: 'Of the newest attempt of each job; of one job at most 1,000 are kept.',
    answer: AnnotationListDto,
    problems: ['no-such-run'],
  })
  async annotations(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Query(new CheckedInput(AnnotationListQuery)) query: AnnotationListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnnotationListDto> {
    await this.visible.run(asker, id);
    const asked = {
      runId: id,
      ...(query.job !== undefined && { jobId: Number(query.job) }),
      ...(query.level !== undefined && { level: query.level }),
    };
    const page = await readPage(
      query,
      (part) => this.reports.page(asked, part),
      (row) => row.id,
    );
    linkNext(request, reply, page);
    return { ...page, items: page.items.map(annotationDto) };
  }

  @Get('bundle')
  @Needs('read')
  @Described({
    says: 'Read a run as a bundle, to repeat it elsewhere',
    more:
      'The plan, its jobs and contexts, without a secret: where one is used, its template stands. ' +
      '`pagure-actions run --bundle FILE` runs it on another machine.',
    answer: RunBundleDto,
    problems: ['no-such-run', 'run-unplanned'],
  })
  async bundle(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<RunBundleDto> {
    const run = await this.visible.run(asker, id);
    return this.bundles.make(run, await this.visible.project(asker, run.projectId));
  }

  @Get('jobs/:jobId/outputs')
  @Needs('read')
  @Described({
    says: 'Read the outputs of a job',
    more: 'Empty before its end. The jobs that need it get masked values too, and mask them.',
    answer: JobOutputsDto,
    problems: ['no-such-run', 'no-such-job'],
  })
  async outputs(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('jobId', RowId) jobId: number,
  ): Promise<JobOutputsDto> {
    return { outputs: (await this.job(asker, id, jobId)).outputs };
  }

  @Get('jobs/:jobId/steps/:number')
  @Needs('read')
  @Described({
    says: 'Read what a step of a job gave: its outputs and its summary',
    more: 'Of the newest attempt. How it ended stands in the run.',
    answer: StepReportDto,
    problems: ['no-such-run', 'no-such-job', 'no-such-step'],
  })
  async step(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('jobId', RowId) jobId: number,
    @Param('number', StepNumber) number: number,
  ): Promise<StepReportDto> {
    const job = await this.job(asker, id, jobId);
    const steps = await this.runs.stepsOf(job);
    if (!steps.some((step) => step.number === number)) throw notThere('step', number);
    return this.reports.of(job, number);
  }

  private async job(asker: Asker, runId: number, jobId: number): Promise<Job> {
    await this.visible.run(asker, runId);
    const job = await this.runs.jobById(jobId);
    if (job === null || job.runId !== runId) throw notThere('job', jobId);
    return job;
  }
}
