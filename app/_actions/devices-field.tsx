'use client';

import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '~/app/_components/button';
import { Checkbox } from '~/app/_components/checkbox';
import { SelectField, TextField } from '~/app/_components/field';
import { PickField } from './pick-field';

const SOURCES = {
  volume: 'A volume that there is',
  snapshot: 'A new volume, from a snapshot',
  image: 'A new volume, from an image',
  blank: 'A new volume, blank',
} as const;
type Source = keyof typeof SOURCES;

/** A disk as the Compute API spells it. */
interface Device {
  source_type: Source;
  destination_type?: 'volume';
  uuid?: string;
  volume_size?: number;
  boot_index?: number;
  delete_on_termination?: boolean;
}

/** @returns the disks in the document; null when somebody has written more into it than this can show */
export function readDeviceDraft(draft: string): Device[] | null {
  if (draft.trim() === '') return [];
  try {
    const { devices }: { devices?: Device[] } = JSON.parse(draft);
    return Array.isArray(devices) && devices.every((each) => each.source_type in SOURCES) ? devices : null;
  } catch {
    return null;
  }
}

/** More disks than these no server gets by hand. */
const NUMBERS = Array.from({ length: 25 }, (_, place) => place + 1);

function write(devices: readonly Device[]): string {
  return devices.length === 0 ? '' : JSON.stringify({ devices }, null, 2);
}

/** The disks that a new server gets besides its image: what each is, how large, and whether to boot from it. */
export function DevicesField({
  label,
  devices,
  onChange,
}: {
  label: string;
  devices: readonly Device[];
  onChange: (draft: string) => void;
}) {
  const change = (place: number, device: Device) =>
    onChange(write(devices.map((each, at) => (at === place ? device : each))));
  return (
    <fieldset className="min-w-0 space-y-2">
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      {devices.length === 0 ? <p className="text-muted text-sm">None.</p> : null}
      {NUMBERS.slice(0, devices.length).map((number) => {
        const device = devices[number - 1];
        if (device === undefined) return null;
        return (
          <DeviceView
            key={number}
            number={number}
            device={device}
            onChange={(next) => change(number - 1, next)}
            onRemove={() => onChange(write(devices.filter((_, at) => at !== number - 1)))}
          />
        );
      })}
      <Button
        size="small"
        onClick={() => onChange(write([...devices, { source_type: 'volume', destination_type: 'volume' }]))}
      >
        <Plus aria-hidden className="size-3" />
        Add a volume
      </Button>
    </fieldset>
  );
}

function DeviceView({
  number,
  device,
  onChange,
  onRemove,
}: {
  number: number;
  device: Device;
  onChange: (device: Device) => void;
  onRemove: () => void;
}) {
  const id = useId();
  const { source_type: source, uuid = '', volume_size: size } = device;
  return (
    <fieldset className="min-w-0 space-y-2 rounded-md border bg-sunken p-3">
      <legend className="sr-only">Volume {number}</legend>
      <SelectField
        id={`${id}-source`}
        label={`Volume ${number}`}
        value={source}
        onChange={(event) => {
          const next = Object.keys(SOURCES).find((each) => each === event.target.value) as Source | undefined;
          const { uuid: _, ...rest } = device;
          if (next !== undefined) onChange({ ...rest, source_type: next });
        }}
      >
        {Object.entries(SOURCES).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      {source === 'blank' ? null : (
        <PickField
          label="Which"
          note={undefined}
          of={source}
          value={uuid}
          clearable={false}
          onChange={(picked) => onChange({ ...device, uuid: picked })}
        />
      )}
      {source === 'volume' ? null : (
        <TextField
          id={`${id}-size`}
          label="Size, in GiB"
          inputMode="numeric"
          autoComplete="off"
          className="sm:max-w-56"
          value={size === undefined ? '' : String(size)}
          onChange={(event) => {
            const { volume_size: _, ...rest } = device;
            const digits = event.target.value.replaceAll(/\D/g, '');
            onChange(digits === '' ? rest : { ...rest, volume_size: Number(digits) });
          }}
        />
      )}
      <Checkbox
        label="Boot from it"
        checked={device.boot_index === 0}
        onChange={(boot) => onChange({ ...device, boot_index: boot ? 0 : -1 })}
      />
      <Checkbox
        label="Delete it with the server"
        checked={device.delete_on_termination === true}
        onChange={(gone) => onChange({ ...device, delete_on_termination: gone })}
      />
      <Button size="small" look="ghost" onClick={onRemove}>
        <X aria-hidden className="size-3" />
        Leave out<span className="sr-only"> volume {number}</span>
      </Button>
    </fieldset>
  );
}
