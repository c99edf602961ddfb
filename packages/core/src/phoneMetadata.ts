import type { MetadataJson } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/**
 * What is known of every country's phone numbers. The builds of both nodes put another module in place of this one
 * (`scripts/build/phoneMetadata.mjs`): there it is text until a first phone is read, so that a host that starts does not read it.
 */
export const phoneMetadata = (): MetadataJson => metadata as MetadataJson;
