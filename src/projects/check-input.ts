/** Turns a plain value from outside into a checked input, or lists everything that is wrong with it: both doors use it. */
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { type InputFault, Refusal } from '../kernel/errors.js';
import { nearestWord } from '../kernel/suggest.js';
import { splitByIndex } from './must.js';

export type CheckedInput<T> =
  { readonly kind: 'good'; readonly value: T } | { readonly kind: 'bad'; readonly faults: readonly InputFault[] };

type InputClass<T> = new () => T;

/** More are not told: nobody reads them, and a hostile body must not be answered by a larger one. */
const MAX_FAULTS = 100;
const MAX_NAME = 60;
/** Each unknown field costs a search for what was meant. */
const MAX_FIELDS = 100;
/** Keys by which an object would pass for one of another class, or change the class of all. */
const HOSTILE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** `path` is where the value stands in the whole input: '' or such as `projects[0]`. Never throws. */
export function checkInput<T extends object>(input: InputClass<T>, plain: unknown, path = ''): CheckedInput<T> {
  if (!isObject(plain)) return { kind: 'bad', faults: [{ path, message: 'must be an object' }] };
  const hostile = hostileKeys(plain, path);
  if (hostile.length > 0) return { kind: 'bad', faults: cut(hostile) };
  const value = plainToInstance(input, plain);
  const errors = validateSync(value, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  if (errors.length === 0) return { kind: 'good', value };
  return { kind: 'bad', faults: cut(errors.flatMap((error) => faultsOf(error, path))) };
}

/** The checked input, or a Refusal `invalid-input` with all faults; of what has far too many fields none is looked at. */
export function demandInput<T extends object>(input: InputClass<T>, plain: unknown): T {
  if (isObject(plain) && Object.keys(plain).length > MAX_FIELDS)
    throw invalidInput([{ path: '', message: `has more than ${MAX_FIELDS} fields` }]);
  const checked = checkInput(input, plain);
  if (checked.kind === 'good') return checked.value;
  throw invalidInput(checked.faults);
}

export function invalidInput(faults: readonly InputFault[]): Refusal {
  const message = `The input has ${faults.length === 1 ? 'a fault' : 'faults'}: see "faults" for the places.`;
  return new Refusal('invalid', 'invalid-input', message, { faults });
}

function faultsOf(error: ValidationError, parent: string): readonly InputFault[] {
  const path = join(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).flatMap(([name, message]) =>
    name === 'whitelistValidation' ? [unknownField(error, path)] : ownFaults(path, message),
  );
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path))];
}

function ownFaults(path: string, message: string): readonly InputFault[] {
  return splitByIndex(message).map((one) => ({ path: path + one.index, message: one.message }));
}

function unknownField(error: ValidationError, path: string): InputFault {
  const meant = nearestWord(error.property, knownFields(error.target));
  return { path, message: meant === null ? 'is not known here' : `is not known here; did you mean ${meant}?` };
}

function knownFields(target: object | undefined): readonly string[] {
  if (target === undefined) return [];
  const found = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  return found.map((each) => each.propertyName);
}

function hostileKeys(value: unknown, path: string): readonly InputFault[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = join(path, key);
    return HOSTILE_KEYS.includes(key) ? [{ path: place, message: 'is not known here' }] : hostileKeys(inner, place);
  });
}

function join(parent: string, name: string): string {
  if (/^\d+$/.test(name)) return `${parent}[${name}]`;
  const short = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
  return parent === '' ? short : `${parent}.${short}`;
}

function cut(faults: readonly InputFault[]): readonly InputFault[] {
  if (faults.length <= MAX_FAULTS) return faults;
  const rest = { path: '', message: `${faults.length - MAX_FAULTS} more faults` };
  return [...faults.slice(0, MAX_FAULTS), rest];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
