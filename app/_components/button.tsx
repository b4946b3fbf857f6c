import { cva, type VariantProps } from 'class-variance-authority';
import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** Look of everything that is pressed; also for links that look like buttons. */
export const buttonStyle = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors aria-disabled:opacity-100',
  {
    variants: {
      look: {
        primary:
          'bg-accent text-on-accent hover:bg-accent-hover aria-disabled:bg-sunken aria-disabled:text-faint aria-disabled:ring-1 aria-disabled:ring-line aria-disabled:ring-inset',
        secondary:
          'bg-surface text-ink ring-1 ring-line-strong ring-inset hover:bg-hover aria-disabled:bg-sunken aria-disabled:text-faint',
        ghost: 'text-muted hover:bg-hover hover:text-ink',
        verb: 'text-ink hover:bg-line/70 aria-disabled:font-normal aria-disabled:text-faint aria-disabled:decoration-control aria-disabled:decoration-dotted aria-disabled:underline aria-disabled:underline-offset-4',
        danger:
          'bg-error text-on-accent hover:bg-error-hover aria-disabled:bg-sunken aria-disabled:text-faint aria-disabled:ring-1 aria-disabled:ring-line aria-disabled:ring-inset',
      },
      size: {
        small: 'h-6 px-2 text-xs',
        medium: 'h-8 px-3 text-sm',
        icon: 'size-7',
        iconSmall: 'size-6',
      },
    },
    defaultVariants: { look: 'secondary', size: 'medium' },
  },
);

export type ButtonLook = VariantProps<typeof buttonStyle>;

export function Button({
  look,
  size,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & ButtonLook) {
  return <button type={type} className={clsx(buttonStyle({ look, size }), className)} {...rest} />;
}

/** A button that is an icon: its name is read aloud, and shown as a hint on hover and focus. */
export function IconButton({
  label,
  look = 'ghost',
  size = 'icon',
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & ButtonLook & { label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      data-hint={label}
      className={clsx(buttonStyle({ look, size }), className)}
      {...rest}
    />
  );
}
