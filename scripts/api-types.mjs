/** Makes the types by which clients of the API are written, from its description. */
import openapiTypes, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

/** Where they are kept. */
export const API_TYPES = 'src/cli/api/schema.ts';

const OPENING = `/** The API as TypeScript sees it: made from /api/openapi.json by scripts/write-api-types.mjs; not to be edited. */\n`;

/** The text of the file; the same for the same description. */
export async function apiTypes(document) {
  const nodes = await openapiTypes(withoutExamples(document), {
    alphabetize: true,
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
  });
  const style = await resolveConfig(API_TYPES);
  return format(OPENING + astToString(nodes), { ...style, filepath: API_TYPES });
}

/** They would be comments, longer than what they comment on. */
function withoutExamples(node) {
  if (Array.isArray(node)) return node.map(withoutExamples);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => key !== 'example' && key !== 'examples');
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutExamples(isProblem(key) ? bare(value) : value)]));
}

function isProblem(key) {
  return /^[45]\d\d$/.test(key);
}

/** Without the meaning of every code. */
function bare(response) {
  return { ...response, description: 'problem details' };
}
