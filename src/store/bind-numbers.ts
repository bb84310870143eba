/** Makes TypeORM bind the numbers of a query: it writes them into the SQL, so that each id has a statement of its own. */
import type { DataSource, ObjectLiteral } from 'typeorm';

/** Compiling a statement costs more than running it, and a cache of statements is of use only to those that come again. */
export function bindNumbers({ driver }: DataSource): void {
  const escape = driver.escapeQueryWithParameters.bind(driver);
  driver.escapeQueryWithParameters = (sql, parameters, ...rest) => escape(sql, bound(parameters), ...rest);
}

/** Whole numbers as the driver binds what is no `number`: exactly, and as INTEGER. */
function bound(parameters: ObjectLiteral): ObjectLiteral {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]: [string, unknown]) => [
      name,
      Number.isSafeInteger(value) ? BigInt(value as number) : value,
    ]),
  );
}
