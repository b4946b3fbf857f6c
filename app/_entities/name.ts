/** As much of an id as a person needs to tell two apart. */
const SHORT = 8;

/** @returns the name, or the first part of the id of something that has none */
export function nameOf({ name, id }: { name: string; id: string }): string {
  return name === '' ? id.slice(0, SHORT) : name;
}
