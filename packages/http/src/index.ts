export type { Proxy, TransportOptions } from './dispatcher';
export { codeOf } from './errorCode';
export { createTransport, type Transport } from './transport';
