/**
 * What differs between the four services of the transport.
 */
import type { FaultError, ServiceName } from './fault';
import type { Microversions } from './microversion';
import type { Answer, Ask, Route } from './route';

export interface Service {
  name: ServiceName;
  /** Of every path, e.g. `/compute`. */
  prefix: string;
  /** Of the routes, below the prefix, e.g. `/v2.1`; several when old names go on. */
  roots: readonly [string, ...string[]];
  /** One of the roots below which there are no microversions, and keys that nobody knows are overlooked. */
  legacyRoot?: string;
  /** Whether every path may end in `.json`. */
  jsonSuffix?: true;
  /** Whether the root may be followed by a project id, which must be the caller's. */
  projectInPath: boolean;
  microversions: Microversions | null;
  /** Content types a body may have; any, when left out. A missing header is fine. */
  contentTypes: readonly string[];
  /** Whether an action must come with its content type: without one upstream sees no body. */
  typedActions?: true;
  routes: readonly Route[];
  /** On every answer, where versions are not negotiated. */
  headers?: Readonly<Record<string, string>>;
  /**
   * Version documents and whatever else is outside the roots; asked first, without token and before any version.
   * @param path below the prefix
   * @returns null for what is a route's
   */
  discover(ask: Omit<Ask, 'minor'>, method: string, path: string): Answer | null;
  /** The vendor's shape of a fault. */
  fault(fault: FaultError): unknown;
  /** The body of 404 for a path or method that no route has. */
  unknownRoute: unknown;
  /** Whether an address that there is not is told so without a token: upstream looks for the route first. */
  routesFirst?: true;
  /** Value of `WWW-Authenticate`, and the body of a 401. */
  unauthenticated(ask: { origin: string }): Answer;
}
