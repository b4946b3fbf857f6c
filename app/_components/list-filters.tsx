'use client';

import type { ReactNode } from 'react';
import type { StatusFamily } from '~/server/domain/volume';
import { Facet, type FacetOption } from './facet';
import { ToggleChip } from './toggle-chip';

/** One filter of a list, tied to its place in the URL. */
export interface ListFilter {
  label: string;
  /** Whether it leaves rows out. */
  active: boolean;
  clear: () => void;
  control: ReactNode;
}

/**
 * A filter with values to tick; a row matches when it has any of them.
 * @param values chosen
 * @param known every value that can be chosen, in the order in which they are listed and kept
 * @param optionOf what a value is listed as; null leaves it out
 */
export function choice<Value extends string>({
  label,
  values,
  known,
  optionOf = (value) => ({ value }),
  onChange,
}: {
  label: string;
  values: readonly Value[];
  known: readonly Value[];
  optionOf?: (value: Value) => FacetOption | null;
  onChange: (values: Value[]) => unknown;
}): ListFilter {
  return {
    label,
    active: values.length > 0,
    clear: () => void onChange([]),
    control: (
      <Facet
        label={label}
        values={values}
        options={known.map(optionOf).filter((option) => option !== null)}
        onChange={(chosen) => void onChange(known.filter((value) => chosen.includes(value)))}
      />
    ),
  };
}

/**
 * How the statuses of a list are offered: those that some row has, and those that are chosen, with their numbers.
 * @param counts as the API counted them; undefined while it does
 */
export function counted<Value extends string>(
  counts: readonly { value: string; count: number; capped: boolean }[] | undefined,
  values: readonly Value[],
): (value: Value) => FacetOption | null {
  const known = new Map(counts?.map((each) => [each.value, each]));
  return (value) => known.get(value) ?? (values.includes(value) ? { value, count: 0 } : null);
}

/**
 * A filter with only on and off.
 * @param value as the URL has it; null filters nothing
 * @param wanted what it filters by while it is on
 */
export function toggle({
  label,
  value,
  wanted,
  onChange,
}: {
  label: string;
  value: boolean | null;
  wanted: boolean;
  onChange: (value: boolean | null) => unknown;
}): ListFilter {
  return {
    label,
    active: value !== null,
    clear: () => void onChange(null),
    control: (
      <ToggleChip label={label} on={value === wanted} onChange={(on) => void onChange(on ? wanted : null)} />
    ),
  };
}

/** Families of states that somebody should look at: failed, in the middle of something, kept from everybody. */
const UNSETTLED: readonly StatusFamily[] = ['progress', 'attention', 'error'];

/**
 * One press for all that has failed, hangs, or is under way, beside the filter of single statuses that it fills.
 * @param families of every status
 * @param known every status that the filter has, in its order
 * @param values chosen
 */
export function needsLook<Value extends string>({
  families,
  known,
  values,
  onChange,
}: {
  families: Readonly<Record<Value, StatusFamily>>;
  known: readonly Value[];
  values: readonly Value[];
  onChange: (values: Value[]) => unknown;
}): ListFilter & { on: boolean } {
  const wanted = known.filter((value) => UNSETTLED.includes(families[value]));
  const on = wanted.length === values.length && wanted.every((value) => values.includes(value));
  return {
    label: 'Needs a look',
    active: on,
    on,
    clear: () => void onChange([]),
    control: (
      <ToggleChip label="Needs a look" on={on} onChange={(next) => void onChange(next ? wanted : [])} />
    ),
  };
}

/**
 * A filter that comes with a link and is nothing to choose here, only to remove.
 * @param value the one that all rows have
 */
export function only({
  label,
  value,
  onRemove,
}: {
  label: string;
  value: string;
  onRemove: () => unknown;
}): ListFilter {
  return toggle({ label: `${label}: ${value}`, value: true, wanted: true, onChange: onRemove });
}
