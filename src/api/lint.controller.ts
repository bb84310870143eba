/** Judge the text of a pipeline without storing it. */
import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { checkPipeline } from '../projects/check-pipeline.js';
import { LintInput } from '../projects/pipeline-input.js';
import { CheckedInput } from './checked-input.pipe.js';
import { Described } from './described.js';
import { LintDto } from './pipeline.dto.js';
import { Needs, TokenGuard } from './token.guard.js';

@Controller('api/v1/lint')
@UseGuards(TokenGuard)
export class LintController {
  @Post()
  @HttpCode(200)
  @Needs('read')
  @Described({
    says: 'Say what is wrong with the text of a pipeline, by line and column',
    more: 'Nothing is stored. A text with errors is accepted neither here nor from a repository; warnings stop nothing.',
    answer: LintDto,
  })
  lint(@Body(new CheckedInput(LintInput)) { text, name = 'pipeline' }: LintInput): LintDto {
    return checkPipeline(text, name);
  }
}
