/**
 * The actions on what is said of a volume: its flags, and the image it came from.
 * Source: cinder/api/contrib/volume_actions.py and volume_image_metadata.py, and their schemas.
 */
import { z } from 'zod';
import { getImageMetadata } from '~/server/services/records/image-metadata-records';
import { answer, empty, type Route } from '../route';
import { bool, metadata, text255 } from './schema-types';
import { act, volumeAction } from './volume-action';

export const FLAG_ACTION_ROUTES: readonly Route[] = [
  volumeAction({
    action: 'os-set_bootable',
    summary: 'Say whether a volume can be booted from',
    status: 200,
    body: { 0: z.strictObject({ bootable: bool }) },
    handle: async (call) => {
      await act(call, 'volume.set-bootable', { bootable: call.body.bootable });
      return empty(200);
    },
  }),
  volumeAction({
    action: 'os-update_readonly_flag',
    summary: 'Say whether a volume may be written to',
    status: 202,
    body: { 0: z.strictObject({ readonly: bool }) },
    handle: async (call) => {
      await act(call, 'volume.set-readonly', { readonly: call.body.readonly });
      return empty(202);
    },
  }),
  volumeAction({
    action: 'os-set_image_metadata',
    summary: 'Set image metadata of a volume',
    status: 200,
    body: { 0: z.strictObject({ metadata }) },
    handle: async (call) => {
      const performed = await act(call, 'volume.set-image-metadata', { metadata: call.body.metadata });
      return answer({ metadata: performed.answer.metadata });
    },
  }),
  volumeAction({
    action: 'os-unset_image_metadata',
    summary: 'Remove image metadata of a volume',
    status: 200,
    body: { 0: z.strictObject({ key: text255.min(1, { error: 'expects at least one character' }) }) },
    handle: async (call) => {
      await act(call, 'volume.unset-image-metadata', { names: [call.body.key] });
      return empty(200);
    },
  }),
  volumeAction({
    action: 'os-show_image_metadata',
    summary: 'Show image metadata of a volume',
    status: 200,
    handle: async (call) => answer({ metadata: await getImageMetadata(call.context, call.params.volumeId) }),
  }),
];
