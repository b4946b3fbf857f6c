'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef } from 'react';
import { Button } from '~/app/_components/button';
import { TextField } from '~/app/_components/field';
import { Notice } from '~/app/_components/notice';
import { useTRPC } from '~/app/_trpc/context';
import { failureOf } from '~/app/_trpc/errors';

/** @param next where it leads */
export function LoginForm({ next }: { next: string }) {
  const trpc = useTRPC();
  const password = useRef<HTMLInputElement>(null);
  const logIn = useMutation(
    trpc.session.logIn.mutationOptions({
      // A whole new page: nothing that was cached for nobody is kept.
      onSuccess: () => window.location.assign(next),
    }),
  );
  useEffect(() => {
    if (logIn.isError) password.current?.select();
  }, [logIn.isError]);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    logIn.mutate({ name: String(form.get('name') ?? ''), password: String(form.get('password') ?? '') });
  }

  const busy = logIn.isPending || logIn.isSuccess;
  return (
    <form
      // Never a GET, which would write the password into the address.
      method="post"
      onSubmit={onSubmit}
      className="space-y-4 rounded-xl border bg-surface p-5 shadow-raised"
    >
      <TextField
        id="name"
        name="name"
        label="User name"
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <TextField
        ref={password}
        id="password"
        name="password"
        type="password"
        label="Password"
        autoComplete="current-password"
        required
      />
      {logIn.isError ? (
        <Notice tone="error" role="alert">
          <p>{failureOf(logIn.error).message}</p>
        </Notice>
      ) : null}
      <Button type="submit" look="primary" className="w-full" aria-disabled={busy || undefined}>
        {busy ? 'Logging in…' : 'Log in'}
      </Button>
    </form>
  );
}
