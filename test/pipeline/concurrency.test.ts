/** Groups of runs and jobs that take turns, and environments: evaluated by the planner. */
import { describe, expect, it } from 'vitest';
import { advance, planRun, readPipeline } from '../../src/pipeline/index.js';
import { CONTEXTS } from './samples.js';

function plan(root: string, job = '') {
  const text = `on: push\n${root}\njobs: {a: {runs-on: x${job}, steps: [{run: x}]}}\n`;
  const { pipeline, problems } = readPipeline(text, { file: 'ci.yml', scope: 'language' });
  if (!pipeline) throw new Error(problems.map(({ message }) => message).join());
  return planRun(pipeline, CONTEXTS, { checkout: true });
}

function change(job: string) {
  const planned = plan('', `, ${job}`);
  return planned.kind === 'plan' ? advance(planned.plan, [], CONTEXTS, 'run').changes[0] : null;
}

describe('concurrency', () => {
  it('of a run is a group in lower case', () => {
    expect(plan('concurrency: Deploy-${{ github.REF }}')).toMatchObject({
      plan: { concurrency: { group: 'deploy-refs/heads/main', cancelInProgress: false, queue: 'single' } },
    });
  });

  it('of a job takes all its keys', () => {
    expect(
      change(
        "concurrency: {group: g, cancel-in-progress: '${{ github.ref == 'refs/heads/main' }}'}".replace(
          /'\$\{\{ (.*) \}\}'/,
          '"${{ $1 }}"',
        ),
      ),
    ).toMatchObject({
      job: { concurrency: { group: 'g', cancelInProgress: true } },
    });
    expect(change('concurrency: {group: g, queue: max}')).toMatchObject({ job: { concurrency: { queue: 'max' } } });
  });

  it('may be neither empty nor longer than 400 characters', () => {
    expect(plan("concurrency: '${{ github.absent }}'")).toMatchObject({
      kind: 'problems',
      problems: [{ code: 'not-evaluated' }],
    });
    const longer = (count: number) => `concurrency: "\${{ github.ref_name }}${'x'.repeat(count - 'main'.length)}"`;
    expect(plan(longer(401)).kind).toBe('problems');
    expect(plan(longer(400)).kind).toBe('plan');
  });

  it('refuses to cancel what it queues', () => {
    expect(change('concurrency: {group: g, queue: max, cancel-in-progress: "${{ 1 == 1 }}"}')).toMatchObject({
      kind: 'end',
      result: 'failure',
    });
  });
});

describe('an environment', () => {
  it('is named now, its url later', () => {
    expect(
      change("environment: {name: '${{ github.ref_name }}', url: 'https://x/${{ steps.a.outputs.b }}'}"),
    ).toMatchObject({
      job: { environment: { name: 'main', url: 'https://x/${{ steps.a.outputs.b }}', deployment: true } },
    });
    expect(change('environment: prod')).toMatchObject({ job: { environment: { name: 'prod', url: null } } });
    expect(change("environment: ''")).toMatchObject({ job: { environment: null } });
  });
});
