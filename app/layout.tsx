import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { ClockProvider } from './_lib/clock';
import { localeOf } from './_lib/locale';
import { ApiProvider } from './_trpc/provider';

export const metadata: Metadata = {
  title: { default: 'Mooring', template: '%s · Mooring' },
  description: 'Which volume is attached to which server, what may happen next, and why.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f8f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0b1114' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const request = await headers();
  const nonce = request.get('x-nonce');
  return (
    // The theme is put on this element before React runs, hence the suppressed warning.
    <html lang="en" suppressHydrationWarning className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <script src="/early-presses.js" />
        <ThemeProvider
          attribute="class"
          defaultTheme="system"
          disableTransitionOnChange
          {...(nonce === null ? {} : { nonce })}
        >
          <NuqsAdapter>
            <ClockProvider startedAt={Date.now()} locale={localeOf(request.get('accept-language'))}>
              <ApiProvider>{children}</ApiProvider>
            </ClockProvider>
          </NuqsAdapter>
        </ThemeProvider>
      </body>
    </html>
  );
}
