/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The front door answers every form of a path itself; Next must not redirect API clients.
  skipTrailingSlashRedirect: true,
};

export default config;
