/** What jobs and steps give beside their result, as the API shows it. */
import { ApiProperty } from '@nestjs/swagger';
import { textOrNull } from './shown.js';

const OUTPUTS = {
  type: 'object',
  additionalProperties: { type: 'string' },
  description: '`***` stands in the place of what is masked.',
  example: { version: '1.2.3', token: '***' },
} as const;

export class JobOutputsDto {
  @ApiProperty(OUTPUTS)
  readonly outputs!: Readonly<Record<string, string>>;
}

export class StepReportDto {
  @ApiProperty(OUTPUTS)
  readonly outputs!: Readonly<Record<string, string>>;

  @ApiProperty(textOrNull('## 12 tests passed', 'Markdown, as the job wrote it: nothing in it is to be believed.'))
  readonly summary!: string | null;
}
