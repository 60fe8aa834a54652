// Not in TypeScript's DOM library (5.9): a draft that Chromium has.

declare class MediaStreamTrackProcessor<Data> {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number })
  readonly readable: ReadableStream<Data>
}
