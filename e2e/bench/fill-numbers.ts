/**
 * How the benchmark's cloud is numbered: who has what, and under which id, the same on every run.
 */
export interface CloudSize {
  /** A multiple of twenty. */
  volumes: number;
}

/** User with the role member in the project of the administrator; has its password. */
export const MEMBER = 'bench-member';

/** Projects besides that of the administrator. */
export const OTHERS = 50;
export const HOSTS = 200;
export const BACKENDS = 20;

/** Of the n-th block, as SQL. */
export const PROJECT_OF = (block: string) => `bench.projects[1 + case when ${block} % 2 = 0 then 0
  else 1 + (${block} / 2) % ${OTHERS} end]`;
/** Of the n-th row of a table, as SQL: the same on every run. */
export const ID_OF = (table: string, number: string) => `md5('${table} ' || (${number}))::uuid`;
