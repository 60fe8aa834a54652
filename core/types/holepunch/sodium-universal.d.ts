// Typings of what the engine calls of sodium-universal, which ships none.

declare module 'sodium-universal' {
  const sodium: {
    crypto_generichash(out: Uint8Array, data: Uint8Array, key?: Uint8Array): void
    crypto_generichash_batch(out: Uint8Array, parts: Uint8Array[], key?: Uint8Array): void
    crypto_hash_sha256(out: Uint8Array, data: Uint8Array): void
    crypto_hash_sha256_STATEBYTES: number
    crypto_hash_sha256_init(state: Uint8Array): void
    crypto_hash_sha256_update(state: Uint8Array, data: Uint8Array): void
    crypto_hash_sha256_final(state: Uint8Array, out: Uint8Array): void
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      c: Uint8Array,
      m: Uint8Array,
      ad: Uint8Array | null,
      nsec: null,
      npub: Uint8Array,
      k: Uint8Array
    ): number
    crypto_stream_xchacha20_xor_ic(
      c: Uint8Array,
      m: Uint8Array,
      n: Uint8Array,
      ic: number,
      k: Uint8Array
    ): void
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      m: Uint8Array,
      nsec: null,
      c: Uint8Array,
      ad: Uint8Array | null,
      npub: Uint8Array,
      k: Uint8Array
    ): number
    crypto_box_seal(c: Uint8Array, m: Uint8Array, pk: Uint8Array): void
    crypto_box_seal_open(m: Uint8Array, c: Uint8Array, pk: Uint8Array, sk: Uint8Array): boolean
    crypto_sign_detached(sig: Uint8Array, m: Uint8Array, sk: Uint8Array): void
    crypto_sign_verify_detached(sig: Uint8Array, m: Uint8Array, pk: Uint8Array): boolean
    crypto_pwhash_ALG_ARGON2ID13: number
    crypto_pwhash_async(
      out: Uint8Array,
      passwd: Uint8Array,
      salt: Uint8Array,
      opslimit: number,
      memlimit: number,
      alg: number
    ): Promise<void>
    randombytes_buf(buf: Uint8Array): void
    /** HMAC-SHA-512-256: the first 32 bytes of HMAC-SHA-512. */
    crypto_auth(output: Uint8Array, input: Uint8Array, key: Uint8Array): void
    sodium_memzero(buf: Uint8Array): void
    sodium_memcmp(a: Uint8Array, b: Uint8Array): boolean
    sodium_malloc(n: number): Uint8Array
  }
  export default sodium
}
