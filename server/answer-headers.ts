import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

function setCommonHeaders(response: ServerResponse, secure: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}

/**
 * For answers of the APIs: nothing keeps them, nothing between us and the client holds a stream back.
 *
 * @param secure whether the outward address is https
 */
export function setApiHeaders(response: ServerResponse, secure: boolean): void {
  setCommonHeaders(response, secure);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Accel-Buffering', 'no');
}

/**
 * For pages: only scripts of ours run, nothing may frame us. Styles stay open to inline ones, because headless
 * components position themselves through style attributes.
 *
 * @param options.dev whether the development server's eval and sockets are needed
 * @param options.secure whether the outward address is https
 * @returns the nonce that the page's own inline scripts must carry; Next reads it from the request's copy of the policy
 */
export function setPageHeaders(response: ServerResponse, options: { dev: boolean; secure: boolean }): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${options.dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${options.dev ? ' ws: wss:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  setCommonHeaders(response, options.secure);
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()');
  return nonce;
}
