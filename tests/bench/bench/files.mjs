// SPDX-License-Identifier: MIT
// files.mjs - makes the peer's files under BUILD/bench, so that no run of the benchmark has to.
import { grownPeerFile, installPeer } from './peer.mjs';

if (installPeer()) console.log(`The peer's purchases are in ${await grownPeerFile()}.`);
else console.log('The peer cannot be installed here; its file is not made.');
