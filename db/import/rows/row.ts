import type { Breach } from '~/db/import/rules';

/** A row to be, and the documents it was made from: as long as they are the same, the row is left alone. */
export interface Made<Row> {
  row: Row;
  from: readonly string[];
}

/** What a conversion gives: rows of one table, and what it had to bend to make them. */
export interface Converted<Row> {
  rows: Made<Row>[];
  breaches: Breach[];
}
