import { CodeBlock } from './copyable';

/** Everything, as the API gave it. */
export function RawDocument({ document, label }: { document: unknown; label: string }) {
  return <CodeBlock code={JSON.stringify(document, null, 2)} label={label} tall />;
}
