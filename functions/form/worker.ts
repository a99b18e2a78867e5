import { deliverWaiting, isAnyWaiting } from './deliver.ts'

declare const self: ServiceWorkerGlobalScope & {
  /** The files of the form with the hash of each, as whoever published this worker wrote it in front. */
  readonly shell: Readonly<Record<string, string>>
}

/** Fired by Background Sync; the types of the worker do not know it yet. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

const prefix = `report${new URL('./', self.location.href).pathname}`
const name = prefix + Object.values(self.shell).join()

self.addEventListener('install', event => {
  event.waitUntil(install())
})

/** Every file as it was published with this worker, or none: a form of two versions never starts. */
const install = async (): Promise<void> => {
  const cache = await caches.open(name)
  const files = Object.entries(self.shell)
  await cache.addAll(files.map(([path, integrity]) => new Request(path, { integrity, cache: 'no-cache' })))
  await self.skipWaiting()
}

self.addEventListener('activate', event => {
  event.waitUntil(activate())
})

const activate = async (): Promise<void> => {
  const names = await caches.keys()
  await Promise.all(names.filter(each => each.startsWith(prefix) && each !== name).map(each => caches.delete(each)))
  await self.clients.claim()
}

self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/v1/')) return
  event.respondWith(keptOr(request))
})

/** The file of this version; whatever does not belong to the form comes from the network. */
const keptOr = async (request: Request): Promise<Response> =>
  (await (await caches.open(name)).match(request, { ignoreSearch: true })) ?? fetch(request)

self.addEventListener('sync', (event: Event) => {
  const { waitUntil }: Partial<SyncEvent> = event
  waitUntil?.call(event, deliverAll())
})

/** Fails while anything waits: the browser then fires the event again, later and later. */
const deliverAll = async (): Promise<void> => {
  await deliverWaiting()
  if (await isAnyWaiting()) throw new Error('not all could be sent')
}
