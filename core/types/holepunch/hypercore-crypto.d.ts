// Typings of what the engine calls of hypercore-crypto, which ships none.

declare module 'hypercore-crypto' {
  interface KeyPair {
    publicKey: Uint8Array
    secretKey: Uint8Array
  }
  interface TreeNode {
    index: number
    size: number
    hash: Uint8Array
  }
  const crypto: {
    keyPair(seed?: Uint8Array): KeyPair
    sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array
    verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean
    encrypt(message: Uint8Array, publicKey: Uint8Array): Uint8Array
    decrypt(ciphertext: Uint8Array, keyPair: KeyPair): Uint8Array | null
    encryptionKeyPair(seed?: Uint8Array): KeyPair
    data(data: Uint8Array): Uint8Array
    parent(a: TreeNode, b: TreeNode): Uint8Array
    tree(roots: TreeNode[]): Uint8Array
    hash(data: Uint8Array | Uint8Array[]): Uint8Array
    randomBytes(n: number): Uint8Array
    discoveryKey(key: Uint8Array): Uint8Array
    namespace(name: string, count: number | number[]): Uint8Array[]
  }
  export default crypto
  export type { KeyPair, TreeNode }
}
