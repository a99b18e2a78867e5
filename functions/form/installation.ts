/**
 * Installs the service worker beside the page, so that the form opens without a network. When a newer form has taken over,
 * the page is loaded again as soon as nothing is being filled in: what waits is in the database and stays.
 */
export const installWorker = async (mayReload: () => boolean): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  const isUpdate = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isUpdate && mayReload()) location.reload()
  })
  await navigator.serviceWorker.register(workerAddress(), { scope: './', updateViaCache: 'none' })
}

/** Has the worker send what waits as soon as there is a network, even when the page is closed by then (Background Sync). */
export const wakeWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator) || !navigator.serviceWorker.controller) return
  const { sync }: ServiceWorkerRegistration & Syncing = await navigator.serviceWorker.ready
  await sync?.register('report-outbox').catch(() => {})
}

/** Not every browser has it, and the types of none do. */
interface Syncing {
  readonly sync?: { readonly register: (tag: string) => Promise<void> }
}

/** The policy of the page lets scripts come from addresses alone that a named place in the code has made. */
const workerAddress = (): string => {
  const address = 'worker.js'
  const { trustedTypes }: typeof globalThis & TypesGuard = globalThis
  return trustedTypes?.createPolicy('form-worker', { createScriptURL: () => address }).createScriptURL('') ?? address
}

interface TypesGuard {
  readonly trustedTypes?: {
    readonly createPolicy: (
      name: string,
      rules: { readonly createScriptURL: () => string }
    ) => { readonly createScriptURL: (address: string) => string }
  }
}
