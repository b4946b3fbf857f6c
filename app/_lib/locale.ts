/**
 * The reader's first language, from what the browser says.
 * @param acceptLanguage header, e.g. `de-CH,de;q=0.9,en;q=0.8`
 * @returns a tag that Intl accepts; `en` when there is none
 */
export function localeOf(acceptLanguage: string | null): string {
  const first = acceptLanguage?.split(',')[0]?.split(';')[0]?.trim() ?? '';
  try {
    return Intl.getCanonicalLocales(first)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
