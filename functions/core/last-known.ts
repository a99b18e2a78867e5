/**
 * Remembers what was made of the last key, for whoever asks again and again for one thing and then for the next. A `WeakMap`
 * would remember all of them, and for keys that live as briefly as a decoded state that costs more than it saves: V8 looks
 * through its table at every collection of young objects, which took a third of an assessment.
 */
export const lastKnown = <Key extends object, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
  let last: { readonly key: Key; readonly value: Value } | undefined
  return key => {
    if (last?.key !== key) last = { key, value: make(key) }
    return last.value
  }
}
