/** Pipes that check what a request brings: bodies by the classes of projects/, ids of the path. */
import { Injectable, type PipeTransform } from '@nestjs/common';
import { readRowId } from '../kernel/row-id.js';
import { demandInput, invalidInput } from '../projects/check-input.js';
import { pipelineName, secretName } from '../projects/checks.js';

/** `@Body(new CheckedInput(ProjectInput))`: a body that is missing is an empty one. */
@Injectable()
export class CheckedInput<T extends object> implements PipeTransform<unknown, T> {
  constructor(private readonly input: new () => T) {}

  transform(body: unknown): T {
    return demandInput(this.input, body ?? {});
  }
}

/** `@Param('id', RowId)`: a whole number from 1. */
@Injectable()
export class RowId implements PipeTransform<string, number> {
  transform(text: string, { data = 'id' }: { data?: string } = {}): number {
    const id = readRowId(text);
    if (id !== null) return id;
    throw invalidInput([{ path: data, message: 'must be an id, a whole number from 1' }]);
  }
}

/** `@Param('number', StepNumber)`: a whole number from 0. */
@Injectable()
export class StepNumber implements PipeTransform<string, number> {
  transform(text: string): number {
    const number = text === '0' ? 0 : readRowId(text);
    if (number !== null) return number;
    throw invalidInput([{ path: 'number', message: 'must be the number of a step, a whole number from 0' }]);
  }
}

/** `@Param('name', PipelineName)`. */
@Injectable()
export class PipelineName implements PipeTransform<string, string> {
  transform(text: string): string {
    const wrong = pipelineName(text);
    if (wrong !== null) throw invalidInput([{ path: 'name', message: wrong }]);
    return text;
  }
}

/** `@Param('name', SecretName)`. */
@Injectable()
export class SecretName implements PipeTransform<string, string> {
  transform(text: string): string {
    const wrong = secretName(text);
    if (wrong !== null) throw invalidInput([{ path: 'name', message: wrong }]);
    return text;
  }
}
