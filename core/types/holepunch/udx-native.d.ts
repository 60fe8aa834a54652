/** The part of the addon that is called past its wrapper: `setInteractive` there does nothing on an open stream. */
declare module 'udx-native/binding.js' {
  const binding: { udx_napi_stream_set_mode(handle: Uint8Array, mode: number): void }
  export default binding
}
