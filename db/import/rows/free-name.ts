/**
 * Names must be unique here, while two clouds (or two domains of one) may each have an `admin`.
 */

/**
 * @param taken names by id, of rows that are there; the new name is added
 * @param id whose name it will be
 * @returns the name, or the name with the beginning of the id where another row has it
 */
export function freeName(taken: Map<string, string>, id: string, name: string): string {
  const others = new Set([...taken].filter(([other]) => other !== id).map(([, each]) => each));
  const free = [name, `${name} (${id.slice(0, 8)})`, `${name} (${id})`].find((each) => !others.has(each));
  const chosen = free ?? id;
  taken.set(id, chosen);
  return chosen;
}
