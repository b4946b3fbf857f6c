import { VERBS } from '~/server/domain/verbs';
import { ACTORS } from './cloud';
import { FIRST } from './explore';
import { violation } from './invariants';
import { calls, type State, steps, type Trial } from './moves';
import { verbOf } from './verb-of';

const t = (name: Parameters<typeof verbOf>[0], inputs: Trial['inputs'] = () => [{}]): Trial => ({
  verb: verbOf(name),
  inputs,
});
const vols: Trial['inputs'] = (w) => [...w.volume.keys()].map((volumeId) => ({ volumeId }));
const all: Trial[] = [
  t('volume.attach', vols),
  t('volume.attach', vols),
  t('volume.detach', vols),
  t('attachment.set-delete-on-termination', () => [{ deleteOnTermination: true }]),
  t('server.shelve'),
  t('server.shelve-offload'),
  t('server.unshelve'),
  t('server.soft-delete'),
  t('server.restore'),
  t('server.resize', () => [{ flavor: 'small' }, { flavor: 'tiny' }]),
  t('server.confirm-resize'),
  t('server.revert-resize'),
  t('server.stop'),
  t('server.start'),
  t('volume.extend', (w, id) => [{ sizeGib: (w.volume.get(id)?.sizeGib ?? 0) + 1 }]),
  t('attachment.swap', vols),
];
const rare: Trial[] = [
  t('server.delete'),
  t('server.force-delete'),
  t('volume.delete'),
  t('volume.force-delete'),
  t('server.reset-state', () => [{ state: 'active' }, { state: 'error' }]),
  t('volume.create', () => [{ name: 'x', sizeGib: 1 }]),
  t('server.create', (w) => {
    const v = [...w.volume.keys()][0];
    return v === undefined
      ? []
      : [
          {
            name: 'n',
            flavor: 'tiny',
            devices: {
              devices: [
                { source_type: 'volume', uuid: v, boot_index: 0, delete_on_termination: true },
                { source_type: 'blank', destination_type: 'volume', volume_size: 1 },
              ],
            },
          },
        ];
  }),
  t('volume.set-bootable', () => [{ bootable: true }]),
];
let seed = Number(process.argv[3] ?? 1);
const rnd = (n: number) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * n);
};
const admin = ACTORS.filter((a) => a.userId === 'admin');
const seen: Record<string, number> = {};
let wrong = 0;
for (let walk = 0; walk < Number(process.argv[2] ?? 200) && wrong < 3; walk += 1) {
  let state: State = FIRST;
  const path: string[] = [];
  for (let i = 0; i < 150; i += 1) {
    const going = steps(state, VERBS);
    const k = rnd(100);
    const pool = going.length > 0 && k < 70 ? going : calls(state, k > 84 ? rare : all, admin);
    if (pool.length === 0) continue;
    const move = pool[rnd(pool.length)];
    if (move === undefined) continue;
    let next: State | null = null;
    try {
      next = move.make();
    } catch (e) {
      process.stdout.write(
        `THROWS ${String(e)} ${String((e as Error).stack)
          .split('\n')
          .slice(0, 6)
          .join('\n')}\n  ${path.slice(-14).join('\n  ')}\n  ${move.label}\n`,
      );
      wrong += 1;
      break;
    }
    if (next === null) continue;
    path.push(move.label);
    const name = move.label.split(' ').slice(0, 2).join(' ');
    seen[name] = (seen[name] ?? 0) + 1;
    state = next;
    const bad = violation(state);
    if (bad !== null) {
      wrong += 1;
      process.stdout.write(`WRONG ${bad}\n  ${path.slice(-45).join('\n  ')}\n`);
      break;
    }
  }
}
process.stdout.write(`${JSON.stringify(seen)}\n`);
