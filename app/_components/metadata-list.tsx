/** Key and value pairs that somebody gave a thing. */
export function MetadataList({ metadata }: { metadata: Record<string, string> }) {
  const entries = Object.entries(metadata);
  if (entries.length === 0) return <p className="text-muted text-sm">None.</p>;
  return (
    <dl className="divide-y rounded-md border font-mono text-xs">
      {entries.map(([key, value]) => (
        <div key={key} className="grid grid-cols-[minmax(8rem,2fr)_3fr] gap-3 px-3 py-1.5">
          <dt className="break-all text-muted">{key}</dt>
          <dd className="break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
