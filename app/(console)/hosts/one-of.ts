interface Listing<Row> {
  data: { rows: Row[] } | undefined;
  error: unknown;
  refetch: () => unknown;
}

/**
 * One of the rows of a list that comes whole, read as if by itself.
 * @param noun e.g. `Pool`, for the sentence that it is not there
 * @returns the row; an error when the list has none with this id
 */
export function oneOf<Row extends { id: string }>(
  { data, error, refetch }: Listing<Row>,
  id: string,
  noun: string,
) {
  const found = data?.rows.find((row) => row.id === id);
  const lost = data !== undefined && found === undefined;
  return { data: found, error: lost ? new Error(`${noun} ${id} could not be found.`) : error, refetch };
}
