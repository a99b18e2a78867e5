/** What is used of saxen, which ships no types: a streaming XML reader that expands no entities of its own. */
declare module 'saxen' {
  export class Parser {
    on(
      event: 'openTag',
      listener: (name: string, attributes: () => Readonly<Record<string, string>> | false) => void
    ): this
    on(event: 'closeTag' | 'text' | 'cdata' | 'attention', listener: (text: string) => void): this
    on(event: 'error', listener: (error: Error) => void): this
    write(xml: string): this
    end(): void
  }
}
