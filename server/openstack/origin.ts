/**
 * Under which origin a client reached us: every link of an answer begins with it.
 */

/**
 * @param publicUrl what the operator says it is; null takes it from the request
 * @returns e.g. `http://localhost:3000`, without a slash at its end
 */
export function originOf(request: Request, publicUrl: string | null): string {
  return new URL(publicUrl ?? request.url).origin;
}
