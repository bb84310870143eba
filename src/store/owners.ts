/** Whose rows these are: lanes of a queue share it fairly among projects. */
import { type EntityManager, type EntityTarget, In, type ObjectLiteral } from 'typeorm';

/** `table` has the columns `id` and `projectId`; by the row's id. */
export async function ownersOf(
  reader: EntityManager,
  table: EntityTarget<ObjectLiteral & { readonly id: number; readonly projectId: number }>,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const rows = await reader.find(table, { select: { id: true, projectId: true }, where: { id: In([...ids]) } });
  return new Map(rows.map(({ id, projectId }) => [id, projectId]));
}
