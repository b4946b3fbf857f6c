/**
 * @param ms how long to wait
 * @param task goes on when the time is over; only nobody waits for it any more
 * @param late what to throw when the time is over first
 * @returns what the task gives
 */
export async function within<T>(
  ms: number,
  task: Promise<T>,
  late = new Error(`no answer within ${ms} ms`),
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), ms);
  });
  try {
    return await Promise.race([task, over]);
  } finally {
    clearTimeout(timer);
  }
}
