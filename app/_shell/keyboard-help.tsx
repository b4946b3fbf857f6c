'use client';

import { Checkbox } from '~/app/_components/checkbox';
import { Dialog } from '~/app/_components/dialog';
import { useShortcutSetting } from '~/app/_components/use-shortcuts';

const GROUPS = [
  {
    title: 'In a list',
    keys: [
      [['j', '↓'], 'Next row'],
      [['k', '↑'], 'Row above'],
      [['Enter'], 'Open the row beside the list'],
      [['a'], 'Attach'],
      [['d'], 'Detach'],
      [['x'], 'Select the row, or leave it out'],
      [['/'], 'Search'],
    ],
  },
  {
    title: 'In a drawer',
    keys: [
      [['↓'], 'Next row'],
      [['↑'], 'Row above'],
      [['Esc'], 'Back to the list'],
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      [['?'], 'This help'],
      [['Alt', 'T'], 'To the notifications'],
      [['Esc'], 'Close what is open'],
    ],
  },
] as const;

/** Which keys do what, and the switch for those without Ctrl. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useShortcutSetting();
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} width="max-w-md">
      <div className="space-y-5">
        {GROUPS.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 className="mb-1.5 font-medium text-muted text-xs">{group.title}</h3>
            <dl className="divide-y rounded-md border">
              {group.keys.map(([keys, meaning]) => (
                <div key={meaning} className="flex h-8 items-center justify-between gap-4 px-3 text-sm">
                  <dt>{meaning}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Key key={key}>{key}</Key>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Checkbox
          label="Single-key shortcuts"
          note="Turn them off if you dictate, or if they get in your way. Arrow keys always work."
          checked={on}
          onChange={setOn}
        />
      </div>
    </Dialog>
  );
}

function Key({ children }: { children: string }) {
  return (
    <kbd className="grid h-5 min-w-5 place-items-center rounded border border-line-strong bg-sunken px-1 font-sans text-muted text-xs">
      {children}
    </kbd>
  );
}
