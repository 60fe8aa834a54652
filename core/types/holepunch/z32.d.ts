// Typings of what the engine calls of z32, which ships none.

declare module 'z32' {
  const z32: { encode(buf: Uint8Array): string; decode(text: string): Uint8Array }
  export default z32
}
