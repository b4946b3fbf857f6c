/**
 * Two things that are either so or not: whether a server can boot from a volume, and whether it may be written to.
 */
import { update } from '../engine/change';
import { defineVerb } from '../engine/verb';
import { notStatusRule, statusRule, volumeOf } from './volume-rules';
import { volumeAction } from './volume-words';

export const setBootable = defineVerb({
  name: 'volume.set-bootable',
  noun: 'volume',
  fields: { bootable: { kind: 'flag', label: 'Bootable' } },
  life: null,
  rules: [
    notStatusRule(['maintenance'], {
      doing: 'setting bootable',
      source: 'cinder api/contrib/volume_actions.py, _set_bootable',
    }),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { bootable } = ask.input;
    return {
      changes: [update('volume', volume.id, { bootable })],
      subject: { volumeId: volume.id },
      job: null,
      message: `${volume.name} is ${bootable ? '' : 'not '}bootable`,
    };
  },
  initial: (ask) => ({ bootable: !volumeOf(ask).bootable }),
  steps: (ask) => [
    ask.input.bootable === false
      ? `No server can be made to boot from volume ${volumeOf(ask).name} any more.`
      : `Servers can be made to boot from volume ${volumeOf(ask).name}. Whether it holds a system is not looked at.`,
  ],
  spoken: (ask) => {
    const bootable = ask.input.bootable ?? true;
    return volumeAction(ask, `openstack volume set ${bootable ? '--bootable' : '--non-bootable'} ${ask.id}`, {
      'os-set_bootable': { bootable },
    });
  },
});

export const setReadonly = defineVerb({
  name: 'volume.set-readonly',
  noun: 'volume',
  fields: { readonly: { kind: 'flag', label: 'Read-only' } },
  life: null,
  rules: [
    statusRule(['available'], {
      doing: 'changing whether it may be written to',
      source: 'cinder volume/api.py, update_readonly_flag',
    }),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { readonly } = ask.input;
    return {
      changes: [update('volume', volume.id, { readonly })],
      subject: { volumeId: volume.id },
      job: null,
      message: `${volume.name} is ${readonly ? 'read-only' : 'read and write'}`,
    };
  },
  initial: (ask) => ({ readonly: !volumeOf(ask).readonly }),
  steps: (ask) => [
    ask.input.readonly === false
      ? `Volume ${volumeOf(ask).name} can be attached to be written to.`
      : `Volume ${volumeOf(ask).name} can be attached read-only, whatever is asked for.`,
  ],
  spoken: (ask) => {
    const readonly = ask.input.readonly ?? true;
    return volumeAction(ask, `openstack volume set ${readonly ? '--read-only' : '--read-write'} ${ask.id}`, {
      'os-update_readonly_flag': { readonly },
    });
  },
});
