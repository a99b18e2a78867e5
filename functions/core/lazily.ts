/** A value that is made when it is first asked for, and only once: what most processes never need stays out of their start. */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
