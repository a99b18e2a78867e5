/** How a module asks for others. */
export type Require = (name: string) => unknown

/**
 * A `require` that loads Node's own modules when something of them is first used. A bundle names all that any of its requests
 * may want, and esbuild writes every use as a property of the module: so a first answer loads a third of them less.
 */
export const lateBuiltins =
  (require: Require): Require =>
  name =>
    name.startsWith('node:') ? late(() => Object(require(name))) : require(name)

const late = (load: () => object): object =>
  new Proxy(
    {},
    {
      get: (_empty, key) => Reflect.get(load(), key),
      has: (_empty, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      // Of the proxy's own target a property may only be told that could be taken away again.
      getOwnPropertyDescriptor: (_empty, key) => {
        const told = Reflect.getOwnPropertyDescriptor(load(), key)
        return told && { ...told, configurable: true }
      }
    }
  )
