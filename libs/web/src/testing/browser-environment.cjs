// jsdom gives a document but none of the fetch family; the consoles need both, of one kind (a jsdom AbortSignal is refused by Node's Request).
const { TestEnvironment } = require('jest-environment-jsdom');

module.exports = class BrowserEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, { fetch, Request, Response, Headers, AbortController, AbortSignal, TextEncoder, TextDecoder, ReadableStream, structuredClone, BroadcastChannel });
  }
};
