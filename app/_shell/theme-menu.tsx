'use client';

import { SunMoon } from 'lucide-react';
import { useTheme } from 'next-themes';
import { IconButton } from '~/app/_components/button';
import { Menu } from '~/app/_components/menu';

const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'Like the system' },
] as const;

/** Light, dark, or what the system says. */
export function ThemeMenu({ side }: { side: 'top' | 'right' }) {
  const { theme, setTheme } = useTheme();
  const value = THEMES.find((each) => each.value === theme)?.value ?? 'system';
  return (
    <Menu
      align="start"
      side={side}
      button={(props) => (
        <IconButton label="Theme" {...props}>
          <SunMoon aria-hidden className="size-4" />
        </IconButton>
      )}
      items={() => [{ kind: 'choices', value, onChange: setTheme, choices: THEMES }]}
    />
  );
}
