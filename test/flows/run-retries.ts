/**
 * Does what the queue of retries would: the next one when its time has come, until nothing waits any more.
 * @param waiting keys with the seconds from now until they are due; what is added meanwhile counts from then.
 * @returns how often somebody was looked at again.
 */
export const runRetries = async (
  waiting: Map<string, number>,
  advance: (seconds: number) => void,
  retry: (key: string) => Promise<void>
): Promise<number> => {
  let looks = 0
  let passed = 0
  while (waiting.size > 0) {
    const [[key, seconds] = ['', 0]] = [...waiting].sort(([, a], [, b]) => a - b)
    for (const [other, left] of waiting) waiting.set(other, left - seconds)
    waiting.delete(key)
    advance(seconds)
    passed += seconds
    if (passed > 86_400) throw new Error('something is tried again for more than a day')
    await retry(key)
    looks += 1
  }
  return looks
}
