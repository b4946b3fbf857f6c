/** As much of an id as a person needs to tell two apart. */
const SHORT = 8;

/** Clouds say it in two ways: with no name, or with the id for a name. */
export function isUnnamed({ name, id }: { name: string; id: string }): boolean {
  return name === '' || name === id;
}

/** @returns the name, or the first part of the id of something that has none */
export function nameOf({ name, id }: { name: string; id: string }): string {
  return isUnnamed({ name, id }) ? id.slice(0, SHORT) : name;
}
