export { baseUrlFlaw, isReadableOnTheWay } from '@icloud-ready/core/baseUrl';
