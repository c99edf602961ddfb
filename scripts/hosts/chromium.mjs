/** `node scripts/hosts/chromium.mjs` prints the path of a Chromium, installed with apt-get where it is missing. */
import { provideChromium } from './programs.mjs';

console.log(provideChromium((line) => console.error(line)));
