import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'

/** Everything that a process has said so far. */
export const collect = (child: ChildProcess) => {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', chunk => {
    stdout += chunk
  })
  child.stderr?.on('data', chunk => {
    stderr += chunk
  })
  return () => ({ stdout, stderr })
}

/** The address, without slash at the end, at which a tracker has said that it is ready. */
export const readyUrl = async (
  child: ChildProcess,
  output: () => { readonly stdout: string; readonly stderr: string }
): Promise<string> => {
  for (;;) {
    const url = /^ready (http:\/\/127\.0\.0\.1:\d+)\/$/m.exec(output().stdout)?.[1]
    if (url !== undefined) return url
    if (child.exitCode !== null) throw new Error(`the tracker ended with ${child.exitCode}: ${output().stderr}`)
    await wait(10)
  }
}
