/** What will happen, in order. */
export function StepList({ steps }: { steps: readonly string[] }) {
  if (steps.length === 0) return null;
  return (
    <section aria-label="What will happen" className="text-sm">
      <h3 className="mb-1.5 font-medium">What will happen</h3>
      <ol className="space-y-1.5">
        {steps.map((step, index) => (
          <li key={step} className="flex gap-2.5">
            <span
              aria-hidden
              className="mt-px grid size-4.5 shrink-0 place-items-center rounded-full border bg-sunken text-2xs text-muted tabular-nums"
            >
              {index + 1}
            </span>
            <span className="min-w-0 break-words">{step}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
