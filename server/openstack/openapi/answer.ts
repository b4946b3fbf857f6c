/**
 * The document over the wire.
 */
import { SERVICES } from '../handler';
import { openApiDocument } from './document';

let written: string | null = null;

/** @returns the document; for everybody, as it says nothing of what is in the cloud */
export function openApiAnswer(): Response {
  written ??= JSON.stringify(openApiDocument(SERVICES));
  return new Response(written, {
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
  });
}
