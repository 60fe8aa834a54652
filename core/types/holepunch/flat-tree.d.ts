// Typings of what the engine calls of flat-tree, which ships none.

declare module 'flat-tree' {
  interface FlatIterator {
    index: number
    factor: number
    sibling(): number
    parent(): number
  }
  const flat: {
    fullRoots(index: number): number[]
    leftSpan(index: number): number
    parent(index: number): number
    sibling(index: number): number
    iterator(index: number): FlatIterator
  }
  export default flat
}
