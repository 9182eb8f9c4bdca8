// SPDX-License-Identifier: MIT
// common-passwords.mjs - makes common-passwords.txt, which is kept in the repository; run it only to renew the list:
//     npm pack zxcvbn@4.4.2 && tar xzf zxcvbn-4.4.2.tgz
//     node src/gen/common-passwords.mjs package >src/gen/common-passwords.txt
// The 10,000 most frequent passwords that can matter to our rule (8 characters, both cases, a digit), lower case:
// those with letters and a digit as they are, and words of letters, which people follow with a few digits.
import { createRequire } from 'node:module';
import path from 'node:path';

const LIST = 10000;
const source = path.resolve(process.argv[2] ?? 'package');
const { passwords } = createRequire(import.meta.url)(path.join(source, 'lib/frequency_lists.js'));
const ranked = [...new Set(passwords.map((word) => word.toLowerCase()))];
const whole = ranked.filter((word) => /^[!-~]{8,}$/.test(word) && /[a-z]/.test(word) && /\d/.test(word));
const words = ranked.filter((word) => /^[a-z]{4,}$/.test(word)).slice(0, LIST - whole.length);
console.log(`# The ${LIST} passwords that are refused, made by common-passwords.mjs from zxcvbn 4.4.2 (MIT licence,
# Copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc.), where they are the most frequent ones of public leaks.
# People chose them; some are offensive.`);
for (const word of [...whole, ...words].sort()) console.log(word);
