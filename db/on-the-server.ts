/**
 * Stands for the package `server-only` where code does run on the server. In a bundle for the browser `#server-only`
 * is that package instead (package.json, imports), and the build fails.
 */
export {};
