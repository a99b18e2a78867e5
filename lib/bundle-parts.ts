import { isBuiltin } from 'node:module'
import { join, relative } from 'node:path'
import type { Plugin } from 'esbuild'

const root = join(import.meta.dirname, '..')
const adapters = join(root, 'functions/adapters')

/** What stands in for packages of the SDK that look for credentials where Lambda has none. */
export const standIns = { '@aws-sdk/credential-provider-node': join(adapters, 'lambda-credentials.ts') } as const

/** Puts our parts into the client of DynamoDB, and into that one alone: other clients stream, and are loaded seldom. */
export const dynamoParts: Plugin = {
  name: 'dynamo-parts',
  setup: build =>
    build.onResolve(
      { filter: /^@smithy\/node-http-handler$|^@aws-sdk\/middleware-endpoint-discovery$/ },
      ({ importer }) =>
        importer.includes('/@aws-sdk/client-dynamodb/') ? { path: join(adapters, 'dynamo-parts.ts') } : undefined
    )
}

/** Modules that get files of their own, by how a bundle asks for those files. */
export type LateFiles = Map<string, string>

/**
 * Gives what an adapter or a package fetches by `import()` a file of its own beside the bundle, and notes it in `found`. In
 * one file esbuild would keep all of such a module, and every module beneath it in a wrapping of its own, for whoever never
 * asks for it. Each file has its own copy of what it shares with the bundle; an adapter is reached through its
 * port, so nobody can tell. Our own parts share more than data, as calendars are known by who made them, and stay together.
 */
export const lateFiles = (found: LateFiles): Plugin => ({
  name: 'late-files',
  setup: build =>
    build.onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || isBuiltin(path) || pluginData === resolved) return undefined
      if (!importer.startsWith(adapters) && !importer.includes('/node_modules/')) return undefined
      const module = await build.resolve(path, { kind, importer, resolveDir, pluginData: resolved })
      const name = relative(root, module.path)
        .replace(/\.[jt]s$/, '')
        .replaceAll(/[^\w.]+/g, '-')
      found.set(`./${name}.cjs`, module.path)
      return { path: `./${name}.cjs`, external: true }
    })
})

const resolved = 'late-files: resolved'
