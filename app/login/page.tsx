import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { safeNext } from '~/app/_lib/paths';
import { currentSession } from '~/app/_lib/session';
import { Mark } from '~/app/_shell/mark';
import { LoginForm } from './login-form';

export const metadata: Metadata = { title: 'Log in' };

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const next = safeNext([(await searchParams).next ?? null].flat()[0]);
  if ((await currentSession()) !== null) redirect(next);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-88">
        <div className="mb-7 flex flex-col items-center gap-3 text-center">
          <Mark className="size-9 text-accent-ink" />
          <div>
            <h1 className="font-semibold text-xl tracking-tight">Log in to Mooring</h1>
            <p className="mt-0.5 text-muted text-sm">Volumes, servers, and the lines between them.</p>
          </div>
        </div>
        <LoginForm next={next} />
      </div>
    </main>
  );
}
