/** The mark: a ring to make fast to, and the line that runs through it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={className}>
      <circle cx="12" cy="13.5" r="6.5" stroke="currentColor" strokeWidth="2.5" />
      <path
        d="M3 4c4.5 0 9 2.5 9 9.5S16 21 21 21"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
