// SPDX-License-Identifier: MIT
// lunch.mjs - a mixed lunch of a thousand people with pauses, by the load client lunch.c.
export async function lunch() {
}
