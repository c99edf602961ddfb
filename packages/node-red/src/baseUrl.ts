// By its own file, not by the core's index: the dialog runs in a browser, which needs nothing else of the core.
export { baseUrlFlaw, isReadableOnTheWay } from '../../core/src/baseUrl';
