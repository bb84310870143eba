/** The parts of an OpenAPI document that are worked on here. */
import type { OpenAPIObject } from '@nestjs/swagger';

export type Paths = OpenAPIObject['paths'];
export type Operation = NonNullable<Paths[string]['get']>;
export type Schema = Exclude<NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string], Reference>;
export type Schemas = Readonly<Record<string, Schema | Reference>>;

export interface Reference {
  readonly $ref: string;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface MediaType {
  readonly schema?: Schema | Reference;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, object>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path' | 'cookie';
  readonly description?: string;
  readonly required?: boolean;
  readonly schema?: Schema | Reference;
  readonly example?: unknown;
}

export function isReference(schema: Schema | Reference): schema is Reference {
  return '$ref' in schema;
}

/** The methods under which a path has operations. */
export const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
