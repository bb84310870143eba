/** Decorators for class-validator made of plain checks: a check says what a value must be, or null when it is so. */
import { registerDecorator, ValidateIf, type ValidationArguments } from 'class-validator';

/** Pure. Completes the sentence "<field> …", or null when the value is fine. Never repeats the value. */
export type Check = (value: unknown) => string | null;

/** The same for a value beside the others of its object. */
export type CheckBeside = (value: unknown, object: Readonly<Record<string, unknown>>) => string | null;

/** The field must pass the check, which may look at the other fields; `name` is that of the decorator. */
export function MustBeside(name: string, check: CheckBeside): PropertyDecorator {
  const judged = (args?: ValidationArguments) => check(args?.value, (args?.object ?? {}) as Record<string, unknown>);
  return (target, propertyName) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (_, args) => judged(args) === null,
        defaultMessage: (args) => judged(args) ?? '',
      },
    });
  };
}

/** The field must pass the check; an absent one is undefined. */
export function Must(check: Check): PropertyDecorator {
  return MustBeside('must', (value) => check(value));
}

/** A list of `count.min` to `count.max` values that each pass the check; what is wrong is told per value (see `splitByIndex`). */
export function EachMust(check: Check, count: { readonly min: number; readonly max: number }): PropertyDecorator {
  return MustBeside('eachMust', (value) => {
    if (!Array.isArray(value) || value.length < count.min || value.length > count.max)
      return `must be a list of ${count.min} to ${count.max}`;
    const wrong = value.flatMap((one: unknown, at) => indexed(at, check(one)));
    return wrong.length > 0 ? wrong.join('\n') : null;
  });
}

/** The field may be left out; null is a value and no way of leaving out. */
export function MayBeMissing(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined);
}

/** The same, and null is fine too: for a value that a nested class checks. */
export function MayBeNull(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined && value !== null);
}

/** Messages of `EachMust` by the index they speak of, which ends up in the path of a fault. */
export function splitByIndex(message: string): readonly { readonly index: string; readonly message: string }[] {
  return message.split('\n').map((line) => {
    const [, index = '', rest = line] = /^(\[\d+\]) (.*)$/.exec(line) ?? [];
    return { index, message: rest };
  });
}

function indexed(at: number, message: string | null): readonly string[] {
  return message === null ? [] : [`[${at}] ${message}`];
}
