/** Values of keys that decide what is run and where: outside text is refused in them. */
import type { Json } from '../../kernel/json.js';
import type { Template } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { templateValue } from '../expression/template.js';
import { type Origins, templateReadsOutside } from './origins.js';
import { containsOutside, isHarmless, outsideTexts } from './outside.js';

export interface Sources {
  readonly contexts: RunContexts;
  readonly origins: Origins;
}

/** Outside text of harmless characters alone passes. Throws an ExpressionError. */
export function withoutOutsideText(
  key: string,
  template: Template,
  surroundings: Surroundings,
  sources: Sources,
): Json {
  const value = templateValue(template, surroundings);
  const suspects = textsIn(value).filter((text) => !isHarmless(text));
  if (suspects.length === 0 || JSON.stringify(value) === JSON.stringify(template)) return value;
  const texts = outsideTexts(sources.contexts);
  const isOutside =
    templateReadsOutside(template, sources.origins) || suspects.some((text) => containsOutside(text, texts));
  if (!isOutside) return value;
  throw new ExpressionError(`${key} may not hold text from outside`);
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((item) => textsIn(item as Json))
    : [];
}
