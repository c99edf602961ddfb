export type { Proxy, TransportOptions } from './dispatcher';
export { codeOf } from './errorCode';
export { letPass } from './letPass';
export { createTransport, type Transport } from './transport';
